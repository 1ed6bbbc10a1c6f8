-- Which version does each tile layer's data have?
SELECT layer, version FROM fangdi.layer_version
