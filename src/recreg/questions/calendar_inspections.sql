SELECT inspection.id, inspection.code AS ref, coalesce((SELECT max(change.changeset) AS max_1
FROM change
WHERE change.noun = 'inspection' AND change."row" = inspection.id), 0) AS changeset
FROM inspection
WHERE :refs IS NULL OR inspection.code IN (SELECT each_refs.value
FROM json_each(:refs) AS each_refs)
