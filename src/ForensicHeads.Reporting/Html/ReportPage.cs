using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Html;

/// <summary>report.html: one file, no network, the answer first.</summary>
internal static class ReportPage
{
    // From this many test people on nothing is said about their number.
    private const int Enough = 15;

    internal static string Compose(ExperimentResults results, ReportInputs inputs, IReadOnlyList<IReportSection> sections,
        IReadOnlyList<FigureFile> figures)
    {
        FigureFile[] first = [.. AccuracySection.First(figures)];
        FigureFile[][] shown = [.. sections.Select(section =>
            section.Shown([.. figures.Where(figure => section.Figures.Any(drawn => drawn.Kind == figure.Kind))]).ToArray())];
        var page = new SectionPage
        {
            Results = results,
            Inputs = inputs,
            OtherFigures = [.. figures.Except(first).Except(shown.SelectMany(own => own))],
            OtherGrids = [.. inputs.Grids.Where(grid => sections.All(section => section.Grid != grid.Name))],
        };
        var parts = sections.Select((section, i) => (section.Title, Html: section.Html(
            page with { Figures = shown[i], Grids = [.. inputs.Grids.Where(grid => grid.Name == section.Grid)] })))
            // Of a test nobody expects what only an experiment has.
            .Where(part => results.Tests.Count == 0 || !IsNoteAlone(part.Html));
        return PageParts.Head(inputs.Title) + PageParts.Heading(inputs.Title) + Answer(results.Headline.Statement) + Facts(results)
            + Glossary.Html + Alerts(Warnings(results))
            + PageParts.Gallery(first)
            + PageParts.Sections(parts.GroupBy(part => part.Title, part => part.Html).Select(part => (part.Key, string.Concat(part))))
            + PageParts.Foot;
    }

    // The first sentence is the answer; its numbers follow in smaller type.
    private static string Answer(string statement)
    {
        var end = statement.IndexOf(". ", StringComparison.Ordinal);
        var (first, rest) = end < 0 ? (statement, "") : (statement[..(end + 1)], statement[(end + 2)..]);
        return PageParts.Answer(first) + (rest.Length == 0 ? ""
            : $"<p class=\"more\">{Escape(rest).Replace(" = ", "&nbsp;=&nbsp;", StringComparison.Ordinal)}</p>\n");
    }

    private static string Facts(ExperimentResults results)
    {
        var gates = results.Controls.Run().Where(control => control.Result.Bound is not null).ToArray();
        var held = gates.Count(control => control.Result.Passed == true);
        var (headline, counts) = (results.Headline, results.Counts);
        string Count(string path, int? count) => Number(path, NumberText.Count(count));
        return PageParts.Facts(
        [
            $"condition {Escape(headline.Condition)}",
            $"{Escape(headline.Level.Text())} level",
            .. headline.Arm is { } arm ? [$"arm {Escape(arm.Text())}"] : Array.Empty<string>(),
            $"n = {Count("headline.n_identities", headline.NIdentities)} test people",
            $"{Count("counts.n_videos", counts.NVideos)} videos",
            $"{Count("counts.n_real_frames", counts.NRealFrames)} real and "
                + $"{Count("counts.n_generated_frames", counts.NGeneratedFrames)} generated frames",
            .. counts.RealFailures is null ? Array.Empty<string>()
                : [$"no face found in: {Count("counts.real_failures", counts.RealFailures)} real, "
                    + $"{Count("counts.generated_failures", counts.GeneratedFailures)} generated frames"],
            $"n = {Count("headline.n_generators", headline.NGenerators)} {(headline.NGenerators == 1 ? "generator" : "generators")}",
            $"{Count("counts.n_detector_seeds", counts.NDetectorSeeds)} detector {(counts.NDetectorSeeds == 1 ? "seed" : "seeds")}",
            .. gates.Length == 0 ? Array.Empty<string>()
                : [$"<span class=\"{(held == gates.Length ? "pass" : "fail")}\">controls: {held} of {gates.Length} hold</span>"],
        ]);
    }

    private static IEnumerable<string> Warnings(ExperimentResults results)
    {
        // How wide the intervals of a small experiment are, so that nobody reads a flat line as a finding.
        var headline = results.Headline;
        double[] widths = [.. results.AccuracyPerShot.Where(row => row.Condition == headline.Condition && row.Level == headline.Level)
            .Select(row => row.AucCiHigh - row.AucCiLow).OfType<double>()];
        var few = headline.NIdentities >= Enough || widths.Length == 0 ? Array.Empty<string>()
            : [$"Only {NumberText.Count(headline.NIdentities, "test person", "test people")}: the 95 % intervals of AUC are "
                + $"{NumberText.Prose(widths.Min())} to {NumberText.Prose(widths.Max())} wide, and smaller differences cannot be seen."];
        return [.. few, .. results.Warnings, .. GroupsSection.Gaps(results)];
    }
}

/// <summary>What the words of a report mean: those of docs/glossary.md that a reader of its first screen meets.</summary>
internal static class Glossary
{
    /// <summary>A word and a sentence about it, from A to Z.</summary>
    internal static IReadOnlyList<ReportFact> Words { get; } =
    [
        new("anchor", "A point of reference beside the curve, such as untouched true frames or a head of nobody."),
        new("arm", "How long heads are fine-tuned: with the same number of updates at every T (updates), or with the same number of "
            + "passes over the shots (epochs)."),
        new(Detectors.Artefact, "The detector that looks for traces of the making, learnt from fakes of the generator under test."),
        new("AUC", "The chance that a random fake gets a higher score than a random real item: 0.5 is guessing, 1 is never wrong."),
        new("Cllr", "How good likelihood ratios are, in bits: 0 is perfect, 1 says nothing, above 1 they mislead."),
        new("condition", "What happens to every frame, real or generated, before the detector sees it: nothing (clean), a codec, blur "
            + "and so on."),
        new("control", "A check on the experiment itself; a control with a limit is a gate, and the experiment is unsound if a gate does "
            + "not hold."),
        new("EER", "The equal error rate: the share of mistakes at the threshold where both kinds of mistake are equally frequent."),
        new(Mode.Ff.Text(), "Feed-forward: a head made at once, without any training on the shots."),
        new(Mode.Ft.Text(), "Fine-tuned: a head whose generator was trained further on the shots."),
        new("level", "What one score is about: a single frame (frame level) or a whole video (video level)."),
        new("shot", "A photo or frame of a person from which a head is made."),
        new("T", "The number of shots."),
        new("t0", "The anchor with nobody's face, a head made from the mean embedding."),
        new("t_all", "The anchor with every shot there is: a head fine-tuned on all frames of the person, the tested ones too."),
        new("TNR", "The true negative rate: the share of real items that the detector calls real."),
        new("TPR", "The true positive rate: the share of fakes that the detector calls generated."),
    ];

    /// <summary>All of them, a click away.</summary>
    internal static string Html { get; } = HtmlText.Details("What the words mean", HtmlText.Definitions(Words));
}
