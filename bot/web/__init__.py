"""The web platform: an inbox and forms per person, server-rendered, without a build step."""
