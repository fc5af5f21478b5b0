using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Controls;

/// <summary>Each control with the bound it is held to, before any number that it guards.</summary>
internal sealed class ControlsSection : IReportSection
{
    public string Title => "Controls";

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("controls", $"Controls against shortcuts, n = {Count(results.Counts.NIdentities)} test people.",
            ["control", "AUC", "bound", "holds"],
            [.. results.Controls.Run().Select(control => (IReadOnlyList<string>)
            [
                control.Name.Replace('_', ' '), Interval(control.Result.Auc, control.Result.CiLow, control.Result.CiHigh, Rate),
                control.Result.Bound ?? "reported", control.Result.Passed switch { true => "yes", false => "no", null => Undefined },
            ])]),
    ];

    public string Html(SectionPage page) => !page.Results.Controls.Run().Any() ? Note("No controls were run: no number below counts.")
        : Table(
            ["control", "condition", "verdict", "AUC [95 %]", "bound"],
        page.Results.Controls.Run().Select(control => (IEnumerable<string>)
        [
            Escape(control.Name.Replace('_', ' ')), Escape(control.Result.Condition ?? Undefined), Verdict(control.Result),
            Interval($"controls.{control.Name}", "auc", "ci_low", "ci_high",
                (control.Result.Auc, control.Result.CiLow, control.Result.CiHigh), Rate),
            Escape(control.Result.Bound ?? "reported, not a gate"),
        ])) + Shuffled(page.Results.Controls.LabelShuffle)
        + HtmlNote($"All over the same {Number("counts.n_identities", Count(page.Results.Counts.NIdentities))} test people; "
            + "intervals over people.");

    // What the shuffled model makes of the true labels: a control that holds says little of a model that learns nothing.
    private static string Shuffled(ControlResult? shuffle) => shuffle?.RealAuc is null ? ""
        : HtmlNote($"The model of label shuffle has AUC {Number("controls.label_shuffle.real_auc", Rate(shuffle.RealAuc))} on the true "
            + $"labels (p = {Number("controls.label_shuffle.p", P(shuffle.P))}, exchanging the labels of whole people).");

    private static string Verdict(ControlResult control) => control.Passed switch
    {
        true => "<span class=\"pass\">✓ holds</span>",
        false => "<span class=\"fail\">✗ fails</span>",
        null when control.Bound is null => "<span class=\"grey\">○ reported</span>",
        null => "<span class=\"fail\">? undefined</span>",
    };
}
