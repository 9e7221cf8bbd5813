export default { scenario: { name: "" } };
