using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Errors;

/// <summary>The frames that the aware detector errs on most, as pictures and as a table.</summary>
internal sealed class ErrorsSection : IReportSection
{
    public string Title => "Worst errors";

    public string Grid => ErrorRow.Grid;

    public string Html(SectionPage page) => page.Results.WorstErrors.Count == 0 ? "" : page.Pictures + Table(
        "worst_errors", page.Results.WorstErrors,
        ["error", "rank", "person", "frame", "mode", "T", "condition", "score (logit over the threshold)"],
        (row, at) =>
        [
            row.Kind == ErrorRow.FalseAlarm ? "true frame, called generated" : "fake, called real", Number($"{at}.rank", Count(row.Rank)),
            Escape(row.Identity), Escape(row.Key),
            Escape(row.Mode?.ToString() ?? Undefined), Number($"{at}.shots", Count(row.Shots)), Escape(row.Condition),
            Number($"{at}.score", Difference(row.Score)),
        ])
        + Note("Of each person the frame that the aware detector errs on most, at most six people a kind. Fewer rows mean fewer people "
        + "with any error. The pictures show the frames before the condition was applied.");
}
