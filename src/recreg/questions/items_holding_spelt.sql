SELECT item.id
FROM item
WHERE item.title LIKE :like
AND (item.title GLOB :word) OR item.hmicfrs_ref LIKE :like
AND (item.hmicfrs_ref GLOB :word) OR item.text LIKE :like
AND (item.text GLOB :word) UNION SELECT item.id
FROM item
WHERE item.inspection_id IN (SELECT inspection.id
FROM inspection
WHERE inspection.title LIKE :like
AND (inspection.title GLOB :word)) UNION SELECT note.item_id
FROM note
WHERE note.text LIKE :like
AND (note.text GLOB :word) UNION SELECT evidence_item.item_id
FROM evidence_item, evidence
WHERE evidence_item.evidence_id = evidence.id AND evidence.title LIKE :like
AND (evidence.title GLOB :word)
