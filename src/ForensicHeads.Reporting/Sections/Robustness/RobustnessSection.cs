using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Robustness;

/// <summary>The robustness ladder: on both classes, and on each alone.</summary>
internal sealed class RobustnessSection : IReportSection
{
    internal const string Heading = "Robustness";

    public string Title => Heading;

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("robustness", "Robustness",
            "AUC of fine-tuned heads (all shot counts) under each step of the ladder by a detector trained before; "
            + "the step applied to both classes, and to one class alone: what moves then is bias, not detection.", 760),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.Robustness.Where(row => row.Mode == Method.Ft && row.Arm == results.Headline.Arm)
            .GroupBy(row => row.Detector, StringComparer.Ordinal).Select(group => FigureTable.Of(
                $"robustness.{FigureTable.Slug(group.Key)}", DotFigure.Columns, group.Select(row => new object?[]
            {
                row.Step, Classes(row.AppliedTo), row.Auc, row.CiLow, row.CiHigh, "of the step", row.Level, row.Detector, row.NIdentities,
            })));

    public string Html(SectionPage page) => page.Pictures + (page.Results.Robustness.Count == 0 ? Note("The ladder was not run.") : Table(
        "robustness", page.Results.Robustness,
        ["detector", "step", "applied to", "level", "mode", "arm", "people", "AUC [95 %]", "TPR", "TNR", "PSNR of real (dB)",
            "PSNR of generated (dB)"],
        (row, at) =>
        [
            Escape(row.Detector), Escape(row.Step), Escape(row.AppliedTo), Escape(row.Level.Text()), Escape(row.Mode.ToString()),
                Arm(row.Arm),
            Number($"{at}.n_identities", Count(row.NIdentities)),
                Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
            Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)),
            Number($"{at}.psnr_real", Decibels(row.PsnrReal)), Number($"{at}.psnr_generated", Decibels(row.PsnrGenerated)),
        ], row => row.Detector == Detectors.Artefact && row.Mode == Method.Ft && row.Arm == page.Results.Headline.Arm
            && row.AppliedTo is RobustnessRow.None or RobustnessRow.Both)
        + Note("Detectors trained on clean frames, or on augmented ones where named so, at thresholds fixed on such; all shot counts "
            + "together. Applied to one class alone, a step shows what the detector takes it for: a lower TNR under a step on real frames "
            + "alone is a false alarm about an honest picture."));

    private static string Classes(string appliedTo) =>
        appliedTo is RobustnessRow.None or RobustnessRow.Both ? "both classes" : $"{appliedTo} alone";
}
