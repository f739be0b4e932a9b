SELECT inspection.code, inspection.title, inspection.published_on
FROM inspection
WHERE inspection.published_on IS NOT NULL AND inspection.pcc_applies = 1 AND inspection.pcc_comments_on IS NULL
ORDER BY inspection.published_on, inspection.id
