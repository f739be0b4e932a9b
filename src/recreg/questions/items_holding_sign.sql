SELECT item.id
FROM item
WHERE item.title LIKE :word ESCAPE '\' OR item.hmicfrs_ref LIKE :word ESCAPE '\' OR item.text LIKE :word ESCAPE '\' UNION SELECT item.id
FROM item
WHERE item.inspection_id IN (SELECT inspection.id
FROM inspection
WHERE inspection.title LIKE :word ESCAPE '\') UNION SELECT note.item_id
FROM note
WHERE note.text LIKE :word ESCAPE '\' UNION SELECT evidence_item.item_id
FROM evidence_item, evidence
WHERE evidence_item.evidence_id = evidence.id AND evidence.title LIKE :word ESCAPE '\'
