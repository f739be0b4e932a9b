SELECT inspection.code, inspection.title
FROM inspection
ORDER BY inspection.code
