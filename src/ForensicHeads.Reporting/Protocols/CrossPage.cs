using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Protocols.ProtocolParts;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>The page of a protocol that trains on one slice and tests on another: one file, no network, the answer first.</summary>
internal static class CrossPage
{
    internal static string Compose(CrossResults results, ProtocolFacts facts, IReadOnlyList<FigureFile> figures)
    {
        var title = $"{results.Protocol}: trained on one, tested on another";
        return PageParts.Head(title) + PageParts.Heading(title) + PageParts.Answer(Answer(results))
            + PageParts.Facts(
            [
                $"n = {Number("real_people", Count(results.RealPeople))} people with real clips",
                $"{Escape(Count(results.Slices.Count, "slice", "slices"))}: {Escape(string.Join(", ", results.Slices))}",
                $"left out: {Escape(Count(results.LeftOut.Count, "clip", "clips"))}",
            ])
            + PageParts.Gallery(figures)
            + PageParts.Sections([("All pairs", Matrix(results)),
                ("Left out", LeftOut(results.LeftOut) + NearDuplicates(results.NearDuplicates)), ("Scope", Scope(results))])
            + Ending(results.Stores, facts);
    }

    private static string Answer(CrossResults results)
    {
        var crossed = results.Cells.Where(cell => cell.Train != cell.Test && cell.Auc.Value is not null).MinBy(cell => cell.Auc.Value);
        if (crossed is null) return "no crossing could be measured: a class is empty in each of them.";
        var own = results.Cells.FirstOrDefault(cell => cell.Train == crossed.Test && cell.Test == crossed.Test);
        return $"trained on {crossed.Train} and tested on {crossed.Test}, the weakest crossing reaches AUC {Text(crossed)}"
            + (own?.Auc.Value is null ? "." : $"; trained on {crossed.Test} itself: {Text(own)}.")
            + $" (Clips of people never trained on, n = {Count(results.RealPeople)}.)";

        static string Text(CrossCell cell) => $"{Prose(cell.Auc.Value)} [{Prose(cell.Auc.Low)}, {Prose(cell.Auc.High)}]";
    }

    private static string Matrix(CrossResults results) => Table(
        ["trained on", "tested on", "people", "real clips", "generated clips", "detector",
            .. results.Baselines.Select(baseline => Escape(baseline.Name))],
        results.Cells.Select((cell, i) => (IEnumerable<string>)
        [
            Escape(cell.Train), Escape(cell.Test), Number($"cells[{i}].auc.identities", Count(cell.Auc.Identities)),
                Number($"cells[{i}].real_clips", Count(cell.RealClips)),
            Number($"cells[{i}].generated_clips", Count(cell.GeneratedClips)), Cell($"cells[{i}].auc", cell.Auc, Rate),
            .. results.Baselines.Select((baseline, b) => Cell($"baselines[{b}].cells[{i}].auc", baseline.Cells[i].Auc, Rate)),
        ])) + Bullets([.. results.Baselines.Select(baseline => $"{baseline.Name}: {baseline.Description}")])
        + Note("AUC [95 % over people, those of the smaller class]. Scores of different folds are pooled after each model's median of its "
        + "own real training clips is taken off.");

    private static string Scope(CrossResults results) =>
        Bullets(results.Notes)
        + $"<p>Detector: {Escape(string.Join(", ", results.Families))}. {Sampling(results.Options, results.Successive)}</p>\n"
        + Note("The numbers speak of these clips, people, cameras and codecs, and of detectors trained anew for every slice and fold; "
        + "they are no error rate of any one detector that is shipped or saved.");
}
