SELECT evidence.ref, group_concat(item.ref, '; ') AS items, evidence.title, evidence.file_name, evidence.link, evidence.path, evidence.sha256, evidence.size_bytes, evidence.dated_on, evidence.received_on, evidence.received_from, evidence.shared_on, evidence.shared_with, evidence.verdict, evidence.verdict_why, evidence.judged_on, evidence.corrected_why
FROM evidence JOIN evidence_item ON evidence_item.evidence_id = evidence.id JOIN item ON item.id = evidence_item.item_id
WHERE item.withdrawn_on IS NULL
GROUP BY evidence.id
ORDER BY evidence.id
