// Counts what the policy refuses. Loaded before the widget, so that nothing escapes it.
let refused = 0;
document.addEventListener('securitypolicyviolation', () => {
  refused += 1;
  const output = document.querySelector('.policy output');
  if (output) output.value = refused;
});
