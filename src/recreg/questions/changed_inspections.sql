SELECT inspection.id, inspection.code, inspection.published_on, inspection.pcc_applies, inspection.pcc_comments_on
FROM inspection
WHERE :rows IS NULL OR inspection.id IN (SELECT each_rows.value
FROM json_each(:rows) AS each_rows)
