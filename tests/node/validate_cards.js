// Reads {name: card} from standard input and writes {name: [what is wrong]}, as Microsoft's own
// library sees it. NODE_PATH leads to .tools/node/node_modules.
const library = require("adaptivecards/dist/adaptivecards.js");

function faults(json) {
  // The library's pattern for "lang" remembers where it last matched, and then refuses every
  // second card.
  library.CardElement.langProperty.regEx.lastIndex = 0;
  const context = new library.SerializationContext(library.Versions.v1_5);
  const card = new library.AdaptiveCard();
  card.parse(json, context);
  const read = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  const checked = card.validateProperties().validationEvents;
  return [...read, ...checked].map(
    (event) => `${library.ValidationEvent[event.event]}: ${event.message}`,
  );
}

const cards = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const found = Object.entries(cards).map(([name, card]) => [name, faults(card)]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
