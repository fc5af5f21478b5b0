namespace ForensicHeads.Reporting.Results;

/// <summary>Puts anchors and shot counts in order, from nothing fake but the file path to nobody's face.</summary>
public static class Waterfall
{
    /// <summary>The steps of one condition, level, mode and arm; steps that were not run are left out.</summary>
    public static IReadOnlyList<WaterfallStep> Build(
        IReadOnlyList<AnchorRow> anchors, IReadOnlyList<AccuracyRow> rows, string condition, string level, string mode, string arm)
    {
        IEnumerable<WaterfallStep> Anchor(string name, string part) => anchors.Where(row => row.Name == name && (row.Arm == arm || row.Arm.Length == 0) && row.Condition == condition && row.Level == level)
            .Select(row => new WaterfallStep(name, part, row.Auc, row.CiLow, row.CiHigh));
        var shots = rows.Where(row => row.Condition == condition && row.Level == level && row.Mode == mode && (row.Arm == arm || row.Arm.Length == 0)).OrderByDescending(row => row.Shots)
            .Select(row => new WaterfallStep($"{mode} {row.Shots}", "few-shot", row.Auc, row.AucCiLow, row.AucCiHigh));
        return [.. Anchor("passthrough", "pipeline"), .. Anchor("reconstruct", "decoder"), .. Anchor("t_all", "few-shot"), .. shots, .. Anchor("t0", "few-shot")];
    }
}
