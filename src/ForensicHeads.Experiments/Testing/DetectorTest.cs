using System.Globalization;

namespace ForensicHeads.Experiments.Testing;

/// <summary>Tests saved detectors on people whom they never saw: the measures of an experiment, without one.</summary>
public static class DetectorTest
{
    /// <summary>Scores and measures.</summary>
    /// <param name="request">Which detectors, and on whom.</param>
    /// <param name="progress">Frames measured.</param>
    /// <param name="cancellation">Stops between two parts of the frames.</param>
    /// <exception cref="UserErrorException">Wrong options, detectors or stores that do not fit, somebody who was learnt from, or a class
    /// without frames.</exception>
    public static DetectorTestResult Run(DetectorTestRequest request, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var (items, notes, scales) = (new List<ScoredItem>(), new List<string>(), new List<ReportFact>());
        var validation = new List<ValidationRow>();
        var names = Names(request.Detectors);
        var learnt = request.Detectors.Select(SavedDetector.ReadManifest).Select(manifest => manifest.Learnt).ToArray();
        if (Array.FindIndex(learnt, people => people is null) is >= 0 and var silent) notes.Add(
            $"The detector {names[silent]} does not say whom it learnt from, so nothing here can tell whether it knows the tested people. "
            + "Train it again to have that checked.");
        var people = TestedPeople(request, names, learnt, notes);
        for (var d = 0; d < names.Length; d++)
        {
            using var saved = SavedDetector.Load(request.Detectors[d]);
            var frames = Frames(request, people, saved.Layout.HasTracks || saved.Layout.HasPairs);
            if (d == 0) Check(frames);
            if (saved.Manifest.Threshold is null) notes.Add(
                $"The detector {names[d]} has no threshold of its own (it was trained without validation people); 0 is used.");
            var frameThreshold = saved.Manifest.Threshold ?? 0;
            var scale = new DetectorScale(names[d], frameThreshold, saved.Manifest.VideoThreshold ?? frameThreshold, saved.Calibrator);
            foreach (var name in request.Conditions)
                items.AddRange(FoldDetection.Items(scale, name, frames, Scores(saved, frames, name, request, progress, cancellation)));
            scales.Add(new ReportFact($"detector {names[d]}", saved.Sha256));
            validation.Add(new ValidationRow
            {
                Fold = "training",
                Condition = FrameConditions.Clean,
                Detector = names[d],
                FrameThreshold = scale.FrameThreshold,
                VideoThreshold = scale.VideoThreshold,
                CalibratorSlope = saved.Calibrator?.Slope,
                CalibratorIntercept = saved.Calibrator?.Offset,
                LlrLow = saved.Calibrator?.LowerBound,
                LlrHigh = saved.Calibrator?.UpperBound,
            });
        }

        var results = Measure(new TestedItems(items, names, request.Conditions, request.By, request.Seed, null));
        return new DetectorTestResult(results with { Validation = validation, Warnings = notes }, items,
            [.. scales, .. Stores(request).Select(store => new ReportFact($"store {store.Info.Name}", store.ContentHash))]);
    }

    /// <summary>From scored items to the numbers of a report.</summary>
    internal static ExperimentResults Measure(TestedItems tested)
    {
        var (items, names) = (tested.Items, tested.Detectors);
        var condition = tested.Conditions[0];
        ScoredItem[] Of(string name) => [.. items.Where(item => item.Detector == name)];
        var first = Of(names[0]);
        var level = tested.Level ?? (ResultBuilder.TwoVideosEach(first, condition) ? Level.Video : Level.Frame);
        AccuracyRow[] rows = [.. names.SelectMany(name => ShotCurve.Rows(Of(name), 0, name))];
        var tests = TestRow.Of(items, tested.By);
        var counted = first.Where(item => item.Level == (tested.Level ?? Level.Frame) && item.Condition == condition).ToArray();
        return new ExperimentResults
        {
            Headline = new Headline
            {
                Statement = Statement(tests, condition, level),
                Condition = condition,
                Level = level,
                NIdentities = counted.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
            },
            Tests = tests,
            AccuracyPerShot = [.. rows.Where(row => row.Mode.IsHead)],
            Attackers = [.. rows.Where(row => !row.Mode.IsHead)],
            Anchors = [.. names.SelectMany(name => ShotCurve.Anchors(Of(name), 0, name))],
            Comparisons =
            [
                .. DetectorComparisons.Compute(items, condition, level, tested.Seed, everything: true),
                .. AccuracyComparisons.BetweenDetectors(items, 0, condition, level, tested.Seed, everything: true),
                .. ShotComparisons.Compute(first, tested.Seed), .. AccuracyComparisons.BetweenHeads(first, 0, tested.Seed),
            ],
            Conditions = tested.Conditions,
            Detector = string.Join(", ", names),
            Threshold = 0,
            Seeds = [tested.Seed],
            Split = new SplitSummary { Test = counted.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count() },
            Counts = new Counts
            {
                NIdentities = counted.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
                NVideos = counted.Where(item => !item.Generated).Select(item => (item.Identity, item.Video)).Distinct().Count(),
                NRealFrames = counted.Where(item => !item.Generated).Sum(item => item.Frames),
                NGeneratedFrames = counted.Where(item => item.Generated).Sum(item => item.Frames),
            },
            Limitations =
            [
                "The numbers hold for footage, people and generators like those that were tested; of others they say nothing.",
            ],
        };
    }

    private static string Statement(IReadOnlyList<TestRow> tests, string condition, Level level) =>
        string.Join(' ', tests.Where(row => row is { Generator: null, Mode: null, Shots: null } && row.Condition == condition
            && row.Level == level).Select(row => string.Create(CultureInfo.InvariantCulture,
                $"The detector {row.Detector} tells generated from real {level.Text()}s of {row.NIdentities} people with accuracy "
                + $"{NumberText.Interval(row.Accuracy, row.CiLow, row.CiHigh, NumberText.Prose)} and AUC "
                + $"{NumberText.Interval(row.Auc, row.AucCiLow, row.AucCiHigh, NumberText.Prose)} (condition {condition}).")));

    private static float[] Scores(SavedDetector saved, IReadOnlyList<ExperimentFrame> frames, string condition,
        DetectorTestRequest request, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var layout = saved.Layout;
        if (layout.HasTracks && request.Landmarks is null) throw new UserErrorException(
            $"The detector needs landmarks over time ({string.Join(", ", saved.Manifest.Families)}), and no finder was given; fetch the "
            + "face models with 'models fetch'.");
        var finder = layout.HasTracks ? request.Landmarks!() : null;
        try
        {
            // As in a training: the condition acts on the crop, then one area filter reduces it.
            RgbImage Reduced(ExperimentFrame frame, RgbImage picture) => ImageResize.Area(picture, layout.Size, layout.Size);
            return saved.Detector.Score(ConditionedFrames.Measure(frames, FrameConditions.ByName(condition, request.Seed), layout, finder,
                frames.All(frame => frame.Store.Info.Size == layout.Size) ? null : Reduced, decibels: false, progress, cancellation).Rows);
        }
        finally
        {
            (finder as IDisposable)?.Dispose();
        }
    }

    private static void Check(IReadOnlyList<ExperimentFrame> frames)
    {
        foreach (var label in new[] { Label.Real, Label.Generated })
            if (frames.All(frame => frame.Origin.Label != label)) throw new UserErrorException(
                $"None of the tested people has {label.Text()} frames in the stores of --{label.Text()}; a test needs both classes. Name "
                + "more stores, or another split.");
        CropKinds.Check(frames.Select(frame => (frame.Store.Info, frame.Origin.Label)).Distinct(), " of tested people");
    }

    private static ExperimentFrame[] Frames(DetectorTestRequest request, HashSet<string> people, bool overTime)
    {
        var frames = new List<ExperimentFrame>();
        foreach (var (stores, label) in new[] { (request.Real, Label.Real), (request.Generated, Label.Generated) })
            foreach (var store in stores.DistinctBy(store => store.ContentHash))
                foreach (var video in store.Frames.Where(frame => frame.Origin.Label == label && people.Contains(frame.Identity)
                    && request.Split?.Has(frame, SplitRole.Test) != false)
                    .GroupBy(frame => (frame.Identity, frame.Video, frame.Origin)))
                {
                    FrameRecord[] records = [.. video.OrderBy(frame => frame.FrameNumber).ThenBy(frame => frame.Track)];
                    frames.AddRange(Evenly.Spread<FrameRecord>(records, overTime ? 0 : request.FramesPerVideo)
                        .Select((record, i) => new ExperimentFrame(record, store) { Position = i }));
                }

        return [.. frames];
    }

    private static HashSet<string> TestedPeople(DetectorTestRequest request, string[] names, LearntPeople?[] learnt, List<string> notes)
    {
        var all = Stores(request).SelectMany(store => store.Frames).ToArray();
        (string Who, IReadOnlyList<string> People)[] known =
        [
            .. names.Zip(learnt, (name, people) => ($"The detector {name}", people?.Among(all) ?? [])),
            .. Stores(request).Select(store => (LearntPeople.MakerOf(store), LearntPeople.Noted(store))),
        ];
        var everybody = all.Select(frame => frame.Identity).ToHashSet(StringComparer.Ordinal);
        if (request.Split is not { } split)
        {
            foreach (var one in known) everybody.ExceptWith(one.People);
            return everybody.Count > 0 ? everybody : throw new UserErrorException(
                $"{string.Join(" and ", known.Where(one => one.People.Count > 0).Select(one => one.Who))} learnt from everybody in these "
                + "stores, so nobody is left to test on. Train with a --split that has test people ('datasets split'), or name stores of "
                + "other people.");
        }

        everybody.IntersectWith(all.Where(frame => split.Has(frame, SplitRole.Test)).Select(frame => frame.Identity).ToArray());
        if (everybody.Count == 0) throw new UserErrorException(
            $"The split {split.Name} has no test people in these stores. Draw one with 'datasets split --test', or name other stores.");
        foreach (var (who, people) in known)
            if (everybody.Intersect(people, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } seen)
                if (split.Official
                    is not null) notes.Add($"{who} learnt from {seen.Length} of the tested people in other parts of the data "
                    + $"set's own split ({string.Join(", ", seen.Take(3))}{(seen.Length > 3 ? " …" : "")}).");
                else throw new UserErrorException(
                    $"{who} learnt from {seen.Length} of the split's test people ({string.Join(", ", seen.Take(3))}"
                    + $"{(seen.Length > 3 ? " …" : "")}), so that a test on them says nothing. Test with the split it was trained with, "
                    + "or leave --split out to test on whoever is new to it.");
        return everybody;
    }

    private static IReadOnlyList<FrameStore> Stores(DetectorTestRequest request) =>
        [.. request.Real.Concat(request.Generated).DistinctBy(store => store.ContentHash)];

    /// <summary>Folder names, and where two are alike the folders above them, too.</summary>
    private static string[] Names(IReadOnlyList<string> folders)
    {
        if (folders.Count == 0) throw new UserErrorException("Name at least one detector.", exitCode: 2);
        string[][] parts = [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))];
        for (var take = 1; take <= parts.Max(part => part.Length); take++)
        {
            string[] names = [.. parts.Select(part => string.Join('/', part.TakeLast(take)))];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length) return names;
        }

        throw new UserErrorException("A detector is named twice and would be compared with itself; name it once.", exitCode: 2);
    }
}

/// <summary>Scored items of a test.</summary>
/// <param name="Items">Frames and videos.</param>
/// <param name="Detectors">Names, the first of which the others are compared with.</param>
/// <param name="Conditions">The first is the headline's.</param>
/// <param name="By">What fakes are grouped by.</param>
/// <param name="Seed">Of the sign-flip Monte Carlo.</param>
/// <param name="Level">The headline's; null for videos where everybody has two real ones.</param>
internal sealed record TestedItems(IReadOnlyList<ScoredItem> Items, IReadOnlyList<string> Detectors, IReadOnlyList<string> Conditions,
    IReadOnlyList<string> By, long Seed, Level? Level);

/// <summary>What a test gave.</summary>
/// <param name="Results">The numbers of the report.</param>
/// <param name="Items">Every scored frame and video.</param>
/// <param name="Hashes">SHA-256 of detectors and stores.</param>
public sealed record DetectorTestResult(ExperimentResults Results, IReadOnlyList<ScoredItem> Items, IReadOnlyList<ReportFact> Hashes)
{
    /// <summary>The closing table, for a terminal.</summary>
    public string Table => string.Concat(ReportSections.TextTables(Results).Where(table => table.Name == TestRow.TableName)
        .Select(table => table.ToText()));

    /// <summary>Writes page, figures, <c>results.json</c>, <c>results.md</c>, <c>results.tex</c> and <c>scores.parquet</c>.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <returns>Path of the page.</returns>
    public string Write(string folder, string command)
    {
        ScoreFile.Write(folder, Items);
        var tables = ReportSections.TextTables(Results);
        AtomicFile.WriteText(folder, "results.md", string.Join('\n', tables.Select(table => table.ToMarkdown())));
        AtomicFile.WriteText(folder, "results.tex", string.Join('\n', tables.Select(table => table.ToLatex())));
        var first = Items[0].Detector;
        return ReportWriter.Write(folder, Results, new ReportInputs
        {
            Title = $"ForensicHeads: a test of {Results.Detector}",
            Command = command,
            Environment = ExperimentEnvironment.Facts(),
            Hashes = Hashes,
            Tables = ReportSections.Tables(new HeadlineScores([.. Items.Where(item => item.Detector == first)],
                Results.Headline.Condition, Results.Headline.Level, Results.Headline.Arm)),
        });
    }
}
