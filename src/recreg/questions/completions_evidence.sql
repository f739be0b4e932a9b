SELECT evidence.ref, evidence.title
FROM evidence
ORDER BY evidence.id
