SELECT changeset.number, changeset.at, changeset.effective_on, changeset.by_whom, changeset.command, change.noun, change."row", change."before", change."after"
FROM changeset JOIN change ON change.changeset = changeset.number
WHERE change.noun = 'item' AND change."row" = :item_id OR change.noun IN ('review', 'note', 'evidence_item', 'link') AND change."row" IN (SELECT change_1."row"
FROM change AS change_1
WHERE change_1.noun = change.noun
AND (json_extract(change_1."after", '$.item_id') = :item_id OR json_extract(change_1."after", '$.other_id') = :item_id OR json_extract(change_1."before", '$.item_id') = :item_id OR json_extract(change_1."before", '$.other_id') = :item_id)) OR change.noun = 'evidence' AND change."row" IN (SELECT evidence_item.evidence_id
FROM evidence_item
WHERE evidence_item.item_id = :item_id)
ORDER BY change.id
