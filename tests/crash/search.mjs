// Looks for what opens something, and for whom something is, where neither may be.

/** A signed token: what it is, the key's name, what it says, and the signature, without which it is nothing. */
const TOKEN = /\b[a-z]1\.[\w-]+\.[\w-]+\.([\w-]{20,})/g;

/** The signatures of all tokens in some texts, each once. */
export function signaturesIn(texts) {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(TOKEN)].map(([, signature]) => signature)))];
}

/** Where any of `secrets` stands in `places`, which are `[name, text]`: `[secret, name]` of each. */
export function found(secrets, places) {
  return secrets.flatMap((secret) => places.filter(([, text]) => text.includes(secret)).map(([name]) => [secret, name]));
}
