using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>How good the frames are, whatever a detector says of them.</summary>
internal sealed class QualitySection : IReportSection
{
    internal const string Heading = "Quality of the generated frames";

    private static readonly Measure[] Measures =
    [
        new("ssim", false, row => (row.Ssim, row.SsimCiLow, row.SsimCiHigh), row => null,
            new("ssim-per-shot", "SSIM", "SSIM", "0.00", "higher is better; 11×11 Gaussian window, data range 255")),
        new("psnr", false, row => (row.Psnr, row.PsnrCiLow, row.PsnrCiHigh), row => null,
            new("psnr-per-shot", "PSNR", "PSNR (dB)", "0.0", "higher is better; data range 255")),
        new("identity", true,
            row => (row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh), row => row.IdentityModel,
            new("identity-per-shot", "Identity similarity", "cosine similarity", "0.00",
                "higher is better; to the mean vector of true frames of another video")),
        new("retrieval", true, row => (row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh), row => row.IdentityModel,
            new("retrieval-per-shot", "Identity retrieval", "top-1 retrieval", "0.00",
                "higher is better; share of frames whose nearest person in the gallery is the right one")),
        new("nme", true, row => (row.NmeWorst, row.NmeWorstCiLow, row.NmeWorstCiHigh), row => row.NmeModel,
            new("nme-per-shot", "Landmark error", "NME (outer-eye distance)", "0.000",
                "lower is better; failures counted as one outer-eye distance")),
        new("kid", false, row => (row.Kid, row.KidCiLow, row.KidCiHigh), row => row.FeatureNetwork,
            new("kid-per-shot", "Kernel distance", "KID ({0})", "0.000", "lower is better; equal n everywhere")),
        new("fid", false, row => (row.Fid, row.FidCiLow, row.FidCiHigh), row => row.FeatureNetwork,
            new("fid-per-shot", "Fréchet distance", "FD ({0})", "0.0", "lower is better; equal n everywhere, biased upwards at this n")),
    ];

    public string Title => Heading;

    public IReadOnlyList<Figure> Figures { get; } = [.. Measures.Select(measure => measure.Figure)];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        // Other attackers and the anchors stand in the table alone: more lines than these nobody can read.
        var points = results.Generation.Where(row => QualityKind.IsPointOf(row.Mode, row.Shots)).ToArray();
        var several = points.Select(row => row.Arm).Where(arm => arm is not null).Distinct().Count() > 1;
        foreach (var measure in Measures)
        {
            if (points.All(row => measure.Value(row).Value is null)) continue;
            var ceiling = results.Generation.Where(row => measure.HasCeiling && row.Mode == QualityItem.Truth
                && measure.Value(row).Value is not null);
            var cells = points.Concat(ceiling).Select(row =>
            {
                var (value, low, high) = measure.Value(row);
                return new object?[]
                {
                    FigureStyle.SeriesOf(row.Mode, row.Arm, several), row.Shots, value, low, high, row.Arm, measure.Judge(row),
                    row.NIdentities, row.NFrames,
                };
            });
            var chance = points.Select(row => row.RetrievalChance).FirstOrDefault(chance => chance is not null);
            if (measure.Name == "retrieval" && chance is { } guess)
                cells = cells.Append(["chance", null, guess, null, null, "", null, null, null]);
            yield return FigureTable.Of(measure.Figure.Kind,
                ["series", "shots", "value", "ci_low", "ci_high", "arm", "judge", "n_identities", "n_frames"], cells);
        }
    }

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("quality", "Quality of self-reenactment on people never trained on. Brackets: 95 % intervals over people. NME counts "
            + "failures as one outer-eye distance.",
            ["method", "T", "n", "SSIM", "identity similarity", "top-1 retrieval", "NME", "KID", "Fréchet distance"],
            [.. results.Generation.Select(row => (IReadOnlyList<string>)
            [
                TextTable.WithArm(row.Mode.ToString(), row.Arm), Count(row.Shots), Count(row.NIdentities),
                Interval(row.Ssim, row.SsimCiLow, row.SsimCiHigh, Rate),
                Interval(row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh, Rate),
                Interval(row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh, Rate),
                Interval(row.NmeWorst, row.NmeWorstCiLow, row.NmeWorstCiHigh, Fine), Interval(row.Kid, row.KidCiLow, row.KidCiHigh, Fine),
                Interval(row.Fid, row.FidCiLow, row.FidCiHigh, Fine),
            ])]),
    ];

    public string Html(SectionPage page) => page.Pictures + Rows(page.Results.Generation)
        + ComparisonsSection.Html(page.Results, quantity => !ComparisonsSection.OfDetector(quantity),
        "Paired on the people who have both, each by the mean over their generated frames. "
        + (page.Results.Comparisons.Any(row => !ComparisonsSection.OfDetector(row.Quantity) && row.PHolm is not null)
            ? "Holm over the rows of each table. " : "p is not adjusted for the number of rows. ")
        + "NME: failures count as one outer-eye distance, to which larger errors are cut; the ratio is that of the two means, its "
        + "interval a jackknife over people on the log scale. "
        + "NME, re-detected: against what the same finder finds in the true frame, so that what it gets wrong about a person cancels. "
        + "KID and the Fréchet distance belong to no single person: a jackknife over people gives their intervals, and there is no test.");

    private static string Rows(IReadOnlyList<GenerationRow> rows)
    {
        if (rows.Count == 0) return Note("Quality was not measured.");
        var inFeatures = rows.Select(row => row.FeatureNetwork).FirstOrDefault(name => name is not null) is { } features
            ? $" ({Escape(features)})" : "";
        return Table(
            "generation", rows,
            [
                "method", "T", "arm", "people", $"KID{inFeatures} [95 %]", $"Fréchet distance{inFeatures} [95 %]", "SSIM [95 %]",
                "identity similarity [95 %]", "top-1 retrieval [95 %]",
                "NME, faces found [95 %]", "no face", "NME, failures at the worst", "NME to the points found in the true frame [95 %]",
                "PSNR (dB)",
            ],
            (row, at) =>
            {
                string Cell(string name, double? value, double? low, double? high) =>
                    Interval(at, name, $"{name}_ci_low", $"{name}_ci_high", (value, low, high), Fine);
                return
                [
                    Escape(row.Mode == QualityItem.Truth ? "true frames" : row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)),
                        Arm(row.Arm),
                    Number($"{at}.n_identities", Count(row.NIdentities)), Cell("kid", row.Kid, row.KidCiLow, row.KidCiHigh),
                    Cell("fid", row.Fid, row.FidCiLow, row.FidCiHigh),
                    Cell("ssim", row.Ssim, row.SsimCiLow, row.SsimCiHigh),
                    Cell("identity_similarity", row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh),
                    Cell("retrieval_top1", row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh),
                    Cell("nme", row.Nme, row.NmeCiLow, row.NmeCiHigh), Number($"{at}.nme_failures", Count(row.NmeFailures)),
                    Number($"{at}.nme_worst", Fine(row.NmeWorst)),
                    Cell("nme_redetected", row.NmeRedetected, row.NmeRedetectedCiLow, row.NmeRedetectedCiHigh),
                    Number($"{at}.psnr", Decibels(row.Psnr)),
                ];
            }) + Measured(rows);
    }

    // What measured the frames, and how failures, n and guessing are treated.
    private static string Measured(IReadOnlyList<GenerationRow> rows)
    {
        string? First(Func<GenerationRow, string?> name) => rows.Select(name).FirstOrDefault(found => found is not null);
        var chance = rows.Select((row, i) => (row.RetrievalChance, At: $"generation[{i}].retrieval_chance"))
            .FirstOrDefault(row => row.RetrievalChance is not null);
        var frames = rows.Select((row, i) => (row.KidFrames, At: $"generation[{i}].kid_frames"))
            .FirstOrDefault(row => row.KidFrames is not null);
        string?[] sentences =
        [
            "Means over people, t intervals over people.",
            First(row => row.IdentityModel) is { } judge
                ? $"Identity is judged by {Escape(judge)}, on the face alone, against the mean vector of true frames of another video; "
                    + $"retrieval by guessing: {Number(chance.At, Rate(chance.RetrievalChance))}; the row of the true frames is the "
                    + "judge's ceiling."
                : null,
            First(row => row.NmeModel) is { } finder
                ? $"NME: landmarks found again by {Escape(finder)} against the driver's, over the outer-eye distance; the row of the "
                    + "true frames is the finder's own error. Failures at the worst: a frame without a found face counts as one "
                    + "outer-eye distance, to which larger errors are cut."
                : null,
            First(row => row.FeatureNetwork) is { } network
                ? "KID (kernel distance, cubic polynomial) and Fréchet distance, both with a jackknife over people, in "
                    + $"{Escape(network)}, not in the Inception network of the literature: no number of another paper may stand beside "
                    + "them. Both over the same "
                    + $"{Number(frames.At, Count(frames.KidFrames))} frames of every row, all at once; the Fréchet distance is biased "
                    + "upwards at so few."
                : null,
        ];
        return HtmlNote(string.Join(' ', sentences.OfType<string>()));
    }

    // HasCeiling: the measure says something about the true frames, too.
    private sealed record Measure(
        string Name, bool HasCeiling, Func<GenerationRow, (double? Value, double? Low, double? High)> Value,
        Func<GenerationRow, string?> Judge, QualityFigure Figure);
}
