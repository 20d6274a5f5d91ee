// Loaded before a server of somebody else's that only tests use. It hears this machine alone
// (such servers like to listen on every interface), and it ends with the test that started it:
// when that one is gone, however it went, our standard input closes.
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" ? listen.call(this, port, "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};

process.stdin.on("close", () => process.exit());
process.stdin.resume();
