using ForensicHeads.Generator.Catalogue;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Results;

/// <summary>Puts anchors and shot counts in order, from nothing fake but the file path to nobody's face.</summary>
public static class Waterfall
{
    /// <summary>The steps of one condition, level, mode and arm; steps that were not run are left out.</summary>
    public static IReadOnlyList<WaterfallStep> Build(
        IReadOnlyList<AnchorRow> anchors, IReadOnlyList<AccuracyRow> rows, string condition, Level level, Method mode, Arm? arm)
    {
        IEnumerable<WaterfallStep> Anchor(GeneratorEntry anchor) => anchors.Where(row => row.Name == anchor.Name && (row.Arm == arm || row.Arm is null) && row.Condition == condition && row.Level == level)
            .Select(row => new WaterfallStep(anchor.Name, anchor.Step, row.Auc, row.CiLow, row.CiHigh));
        var shots = rows.Where(row => row.Condition == condition && row.Level == level && row.Mode == mode && (row.Arm == arm || row.Arm is null)).OrderByDescending(row => row.Shots)
            .Select(row => new WaterfallStep($"{mode} {row.Shots}", Generators.FewShot.Step, row.Auc, row.AucCiLow, row.AucCiHigh));
        return [.. Anchor(Generators.The<Passthrough>()), .. Anchor(Generators.The<Reconstruction>()), .. Anchor(Generators.The<HeadOfEverything>()), .. shots, .. Anchor(Generators.The<NobodysHead>())];
    }
}
