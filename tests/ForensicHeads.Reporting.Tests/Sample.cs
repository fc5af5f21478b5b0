using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests;

/// <summary>Made-up scores and results of twelve people, for tests of tables, figures and pages.</summary>
internal static class Sample
{
    private static readonly (string Anchor, double Shift)[] Anchors =
        [("passthrough", 0.05), ("reconstruct", 1.1), ("t_all", 1.9), ("t0", 3.6)];

    private static readonly (string Mode, int Shots, double Shift)[] Cells =
        [("ff", 1, 3.1), ("ff", 8, 2.8), ("ff", 32, 2.7), ("ft", 1, 3.2), ("ft", 8, 2.4), ("ft", 32, 2.1)];

    internal static List<ScoredItem> Items(int people = 12, int frames = 16, params string[] conditions)
    {
        var random = new SeededRandom(5, "sample");
        var items = new List<ScoredItem>();
        foreach (var condition in conditions.Length == 0 ? ["clean", "h264-crf23"] : conditions)
        {
            var strength = condition == "clean" ? 1 : 0.6;
            for (var person = 0; person < people; person++)
            {
                void Add(double shift, bool generated, string? mode, int? shots, string? anchor, Arm? arm)
                {
                    var effect = random.Gaussian(shift * strength, 0.7) - 1.2;
                    for (var frame = 0; frame < frames; frame++)
                    {
                        var score = effect + random.Gaussian(0, 0.8);
                        items.Add(new ScoredItem
                        {
                            Identity = $"p{person:00}",
                            Video = $"p{person:00}-v{frame % 2}",
                            Key = $"{anchor ?? mode ?? "real"}-{shots}-p{person:00}-{frame}",
                            Origin = Origins.Of(generated ? anchor ?? mode : null, shots, arm),
                            Condition = condition,
                            Level = Level.Frame,
                            Score = score,
                            Position = frame,
                            Probability = 1 / (1 + Math.Exp(-1.6 * score)),
                            Llr = 1.6 * score / Math.Log(10),
                        });
                    }
                }

                Add(0, false, null, null, null, null);
                foreach (var (anchor, shift) in Anchors) Add(shift, true, null, null, anchor, anchor == "t_all" ? Arm.Epochs : null);
                foreach (var (mode, shots, shift) in Cells) Add(shift, true, mode, shots, null, mode == "ft" ? Arm.Epochs : null);
            }
        }

        return items;
    }

    // The same under more compression: fakes score so much lower.
    private static IEnumerable<ScoredItem> Later(IEnumerable<ScoredItem> items, string condition, double loss) =>
        items.Where(item => item.Condition == "h264-crf23")
            .Select(item => item with { Condition = condition, Score = item.Score - (item.Generated ? loss : 0) });

    internal static ExperimentResults Results(IReadOnlyList<ScoredItem> items)
    {
        var rows = ShotCurve.Rows(items, 0, "artefact");
        ScoredItem[] unaware = [.. items.Select(item => item with { Detector = "artefact-unaware", Score = 0.4 * item.Score })];
        var results = new ExperimentResults
        {
            Headline = new Headline { Statement = "", Condition = "h264-crf23", Level = Level.Frame, Arm = Arm.Epochs },
            AccuracyPerShot = [.. rows, .. ShotCurve.Rows([.. Later(items, "h264-crf40", 1.3)], 0, "artefact"),
                .. ShotCurve.Rows(unaware, 0, "artefact-unaware")],
            Attackers =
                [.. rows.Where(row => row.Mode == Method.Ff)
                .Select(row =>
                    row with { Mode = Method.Of("affine-warp"), Auc = row.Auc - 0.02, AucCiLow = row.AucCiLow - 0.02,
                AucCiHigh = row.AucCiHigh - 0.02 })],
            Anchors = [.. ShotCurve.Anchors(items, 0), .. ShotCurve.Anchors(unaware, 0, "artefact-unaware")],
            Families =
                [.. from family in new[] { "spectrum", "dct_beta", "npr_stats", FamilyRow.All } from shots in new[] { 1, 8, 32 }
                select new FamilyRow { Family = family, NColumns = 63, Condition = "h264-crf23", Level = Level.Frame, Mode = Method.Ft,
                Arm = Arm.Epochs, Shots = shots, Auc = 0.6 + (0.02 * family.Length) - (0.01 * Math.Log2(shots)), CiLow = 0.55, CiHigh = 0.9,
                NIdentities = 12 }],
            Robustness = Ladder(items),
            MachineUser =
                [.. from detector in new[] { "artefact", "artefact-unaware" } from mode in new[] { Method.Ff, Method.Ft }
                from shots in new[] { 1, 8, 32 }
                select new MachineUserRow { Detector = detector, Condition = "h264-crf23", Level = Level.Video, Mode = mode,
                Arm = mode == Method.Ft ? Arm.Epochs : null, Shots = shots, NIdentities = 12, NTriplets = 12,
                Accuracy = (detector == "artefact" ? 0.9 : 0.5) - (0.05 * Math.Log2(shots)), CiLow = 0.2, CiHigh = 0.95 }],
            WorstErrors = ErrorRow.Of(items, "h264-crf23", Arm.Epochs),
            Terciles =
                [.. from third in new[] { 1, 2, 3 } from mode in new[] { Method.Ff, Method.Ft } from shots in new[] { 1, 8, 32 }
                select new TercileRow(third, mode, shots, 0.7 + (0.05 * third) - (0.01 * Math.Log2(shots)), 0.6, 0.95,
                12) { Arm = mode == Method.Ft ? Arm.Epochs : null, DistanceFrom = 6 * third, DistanceTo = (6 * third) + 5 }],
            Compression =
                [new("h264-crf23", Label.Real, null, 12, 192, 812.5, 0.198),
                new("h264-crf23", Label.Generated, Method.Ft, 36, 576, 401.25, 0.098)],
            Spread = SpreadRow.Of(SpreadRow.DetectorSeed,
                [items, [.. items.Select((item, i) => item with { Score = item.Score + (0.3 * Math.Sin(i)) })]]),
            CrossShot =
                [.. from a in new[] { 1, 8, 32 } from b in new[] { 1, 8, 32 }
                select new CrossShotRow { TrainShots = a, TestShots = b, Mode = Method.Ft,
                Auc = 0.95 - (0.04 * Math.Abs(Math.Log2(a) - Math.Log2(b))) - (0.02 * Math.Log2(b)), CiLow = 0.61, CiHigh = 0.97 }],
            Surface =
                [.. from references in new[] { 1, 4, 16 } from shots in new[] { 1, 8, 32 }
                select new SurfaceRow { Detector = "person", Condition = "h264-crf23", Level = Level.Frame, Mode = Method.Ft,
                Arm = Arm.Epochs, References = references, Shots = shots, NIdentities = 12,
                Auc = 0.7 + (0.04 * Math.Log2(references)) - (0.03 * Math.Log2(shots)), CiLow = 0.5, CiHigh = 0.9 }],
            Horizon = HorizonRow.Of(
                [.. items.Where(item => item.Condition == "h264-crf23"), .. Later(items, "h264-crf40", 1.3)], Level.Frame),
            Controls = new Controls
            {
                Passthrough = ControlResult.Alike(0.512, 0.455, 0.568),
                MetadataOnly = ControlResult.Alike(0.5, 0.47, 0.53),
                LabelShuffle = ControlResult.Shuffled((0.503, 0.44, 0.56), 3, 0, true) with { RealAuc = 0.83, P = 0.005 },
                PlantedOffset = ControlResult.Caught(0.97, 0.94, 0.99),
                BackgroundOnly = ControlResult.Reported(0.71, 0.60, 0.80),
            },
            Generation = Generation(),
            Split = new SplitSummary { Name = "demo", Seed = 1, Generator = 60, Train = 20, Validation = 8, Calibration = 8, Test = 12 },
            Seeds = [1],
            Detector = "artefact: LightGBM on spectrum, dct_beta, srm and cnn, trained on ff and ft of 1, 8 and 32 shots",
            Threshold = 0.0,
            Validation =
            [
                new ValidationRow { Fold = "fold0", Condition = "clean", FrameThreshold = 0.412, VideoThreshold = -0.25,
                    SubjectAuc = 0.81, CalibratorSlope = 1.6, CalibratorIntercept = -0.3, LlrLow = -1.2, LlrHigh = 1.1 },
                new ValidationRow { Fold = "fold1", Condition = "clean" },
            ],
            Conditions = ["clean", "h264-crf23"],
            Counts = new Counts
            {
                NIdentities = 12,
                NVideos = 24,
                NRealFrames = 192,
                NGeneratedFrames = 1152,
                RealFailures = 0,
                GeneratedFailures = 2
            },
            Contrasts = ContrastRow.Of([.. items, .. unaware], Level.Frame, "h264-crf23", Arm.Epochs, 0.05, 1),
            Comparisons =
            [
                .. ShotComparisons.Compute(items),
                .. AccuracyComparisons.BetweenHeads(items, 0),
                .. AccuracyComparisons.BetweenDetectors([.. items, .. unaware], 0, "h264-crf23", Level.Frame),
                new ComparisonRow { First = "ft 32", Second = "ff 32", Condition = "clean", Level = Level.Frame, Quantity = "ssim",
                    Difference = 0.05, CiLow = 0.02, CiHigh = 0.08, P = 0.002, NIdentities = 12 },
                new ComparisonRow { First = "ft 32", Second = "nearest-shot 32", Condition = "clean", Level = Level.Frame, Quantity = "nme",
                    Difference = -0.02, CiLow = -0.03, CiHigh = -0.01, P = 0.001, Ratio = 0.7, RatioCiLow = 0.6, RatioCiHigh = 0.8,
                    NIdentities = 12 },
            ],
            Importance =
                [new("spectrum", 0.121, 0.08, 0.16), new("cnn", 0.09, 0.05, 0.13), new("dct_beta", 0.034, 0.01, 0.06),
                new("srm", 0.012, -0.01, 0.03), new("jpeg", -0.004, -0.02, 0.01)],
            Groups = [new("glasses", "yes", 4, 0.84, 0.55, 0.97), new("glasses", "no", 8, 0.93, 0.80, 0.99)],
            Warnings = ["One of two conditions was not run: jpeg-50."],
            Limitations = ["One generator family; other fakes may be easier or harder.", "Procedural heads are not people."],
        };
        return results with
        {
            Headline = HeadlineBuilder.Build(results, "h264-crf23", Level.Frame, Method.Ft, Arm.Epochs),
            Waterfall = WaterfallStep.Of(
                [.. results.Anchors.Where(row => row.Detector == "artefact")], rows, "h264-crf23", Level.Frame, Method.Ft, Arm.Epochs),
            MissedFrom = MissedFrom.Of(results.AccuracyPerShot, "h264-crf23", Level.Frame),
        };
    }

    private static IReadOnlyList<RobustnessRow> Ladder(IReadOnlyList<ScoredItem> items)
    {
        ScoredItem[] clean = [.. items.Where(item => item.Condition == "clean" && item is { Generated: false } or { Mode: not null })];
        return RobustnessRow.Of(
            [new RobustnessScores("clean", RobustnessRow.None, clean, [], []),
                .. from step in new[] { "jpeg-90", "blur-1", "h264-crf40" }
                from to in new[] { RobustnessRow.Both, RobustnessRow.Real, RobustnessRow.Generated }
                select new RobustnessScores(step, to,
                    [.. clean.Select(item =>
                        item with { Score = item.Score
                    + (to == RobustnessRow.Both || (to == RobustnessRow.Generated) == item.Generated ? -0.6 : 0) })], [31.5, 32.5], [33])],
                    Level.Frame);
    }

    private static IReadOnlyList<GenerationRow> Generation()
    {
        GenerationRow Row(string mode, int? shots, double gain) => new()
        {
            Mode = Method.Of(mode),
            Shots = shots,
            Arm = mode is "ft" ? Arm.Epochs : null,
            NIdentities = 12,
            NFrames = 384,
            Ssim = 0.6 + gain,
            SsimCiLow = 0.57 + gain,
            SsimCiHigh = 0.63 + gain,
            Psnr = 18 + (20 * gain),
            PsnrCiLow = 17.5 + (20 * gain),
            PsnrCiHigh = 18.5 + (20 * gain),
            IdentitySimilarity = 0.5 + (2 * gain),
            IdentitySimilarityCiLow = 0.45 + (2 * gain),
            IdentitySimilarityCiHigh = 0.55 + (2 * gain),
            IdentityModel = "judge-64 (procedural heads)",
            RetrievalTop1 = 0.6 + (2 * gain),
            RetrievalTop1CiLow = 0.5 + (2 * gain),
            RetrievalTop1CiHigh = 0.7 + (2 * gain),
            RetrievalChance = 1.0 / 12,
            Nme = 0.06 - (gain / 4),
            NmeCiLow = 0.055 - (gain / 4),
            NmeCiHigh = 0.065 - (gain / 4),
            NmeFailures = mode == "ff" ? 3 : 0,
            NmeWorst = 0.062 - (gain / 4),
            NmeWorstCiLow = 0.057 - (gain / 4),
            NmeWorstCiHigh = 0.067 - (gain / 4),
            NmeModel = "landmarks-64",
            Kid = 0.04 - (gain / 10),
            KidCiLow = 0.02 - (gain / 10),
            KidCiHigh = 0.06 - (gain / 10),
            KidFrames = 384,
            Fid = 9 - (10 * gain),
            FeatureNetwork = "judge-64 features",
        };
        return
        [
            .. from shots in new[] { 1, 8, 32 } select Row("nearest-shot", shots, 0.015 * Math.Log2(shots)),
            .. from shots in new[] { 1, 8, 32 } select Row("affine-warp", shots, 0.005 + (0.012 * Math.Log2(shots))),
            .. from mode in new[] { "ff", "ft" } from shots in new[] { 1, 8, 32 }
            select Row(mode, shots, 0.02 + ((mode == "ft" ? 0.03 : 0.02) * Math.Log2(shots))),
            Row("t0", null, -0.1),
            Row("truth", null, 0.19)
                with { Ssim = null, SsimCiLow = null, SsimCiHigh = null, Psnr = null, PsnrCiLow = null, PsnrCiHigh = null, Kid = null,
                KidCiLow = null, KidCiHigh = null, KidFrames = null, Fid = null, FeatureNetwork = null },
        ];
    }

    /// <summary>Two saved detectors on the same people, all fakes together and by shot count.</summary>
    internal static IReadOnlyList<TestRow> Tests() =>
    [
        .. from detector in new[] { "detector", "second" } from shots in new int?[] { null, 1, 8, 32 }
        select new TestRow { Detector = detector, Condition = "h264-crf23", Level = Level.Frame, Generator = "few-shot", Mode = "ft",
            Shots = shots, NIdentities = 12, NReal = 192, NGenerated = 384, Auc = 0.9 - (0.01 * (shots ?? 0)), AucCiLow = 0.5,
            AucCiHigh = 0.97 },
    ];

    internal static IReadOnlyList<FigureTable> ScoreTables(IReadOnlyList<ScoredItem> items) =>
    [
        .. ReportSections.Tables(new HeadlineScores(items, "h264-crf23", Level.Frame, Arm.Epochs)),
        TrainingTable.Of("generator",
            from step in Enumerable.Range(0, 100) from s in new[] { ("content", 2.0), ("adversarial", 0.5), ("discriminator", 1.2) }
            select (step * 50L, s.Item1, (s.Item2 * Math.Exp(-step / 30.0)) + 0.3)),
    ];

    internal static PictureGrid Grid() => new(
        ["shots", "driver", "ff\nT = 1", "ff\n8", "ff\n32", "ft\nT = 1", "ft\n8", "ft\n32", "truth"],
        [.. Enumerable.Range(0, 4)
            .Select(p =>
                new PictureRow($"person {p + 1}", [.. Enumerable.Range(0, 9).Select(c => p == 2 && c == 4 ? null : Head((p * 9) + c))]))]);

    /// <summary>Two experiments with the same people, one whose fakes are harder to tell, and a third with other people.</summary>
    internal static ComparedRun[] Runs()
    {
        var items = Items(8, 8, "clean");
        ScoredItem[] harder = [.. items.Select(item => item.Mode is null ? item : item with { Score = item.Score - 1.5 })];
        ScoredItem[] others = [.. items.Select(item => item with { Identity = "q" + item.Identity, Key = "q" + item.Key })];
        ComparedRun Run(string name, ScoredItem[] scores)
        {
            var rows = ShotCurve.Rows(scores, 0, "artefact");
            return new ComparedRun(name, $"title of {name}", new ExperimentResults
            {
                Headline = new Headline
                {
                    Statement = $"headline of <{name}>",
                    Condition = "clean",
                    Level = Level.Frame,
                    Arm = Arm.Epochs,
                    NIdentities = 8
                },
                AccuracyPerShot = rows,
                Generation = Generation(),
                Counts = new Counts { NIdentities = 8, NVideos = 16 },
                MissedFrom = MissedFrom.Of(rows, "clean", Level.Frame),
                Controls = new Controls { Passthrough = ControlResult.Alike(0.5, 0.45, 0.55) },
            }, scores);
        }

        return [Run("first", [.. items]), Run("harder", harder), Run("others", others)];
    }

    /// <summary>The first of those experiments with the quality of heads that are off by so much.</summary>
    internal static ComparedRun MeasuredRun(string name, double offset)
    {
        IEnumerable<QualityItem> Kind(Method mode, int? shots, double off) =>
            from person in Enumerable.Range(0, 8)
            from frame in Enumerable.Range(0, 4)
            select new QualityItem
            {
                Identity = FormattableString.Invariant($"p{person:00}"),
                Driver = FormattableString.Invariant($"p{person:00}-{frame}"),
                Origin = Origins.Of(mode.ToString(), shots, mode.Mode == Mode.Ft ? Arm.Epochs : null),
                Ssim = mode == QualityItem.Truth ? null : 1 - off - (0.01 * person),
                Psnr = mode == QualityItem.Truth ? null : 30 - (10 * off),
                IdentitySimilarity = 0.9 - off - (0.01 * off * person),
                Retrieved = true,
                FaceFound = true,
                Nme = 0.04 + (0.1 * off),
                Features = [(float)((0.1 * person) + (3 * off)), (float)Math.Sin((7 * person) + frame), (float)(0.2 * frame)],
            };
        var quality = new QualitySummary(
            [.. Kind(QualityItem.Truth, null, 0), .. Kind(Method.Ft, 8, offset), .. Kind(Method.Ft, 1, 2 * offset)],
            new QualityModels("judge", "finder", "judge features", 0.125));
        var run = Runs()[0];
        return run with
        {
            Name = name,
            Results = run.Results with { Generation = quality.Rows() },
            Quality = QualitySummary.ReadPeople(quality.PeopleTable()),
        };
    }

    internal static ReportInputs Inputs(IReadOnlyList<ScoredItem> items) => new()
    {
        Title = "Demo: <procedural> heads & nobody's face",
        Command = "./forensicheads demo --seed 1 --out \"reports/00001-demo\"",
        Environment = [new("device", "cpu"), new("TorchSharp", "0.107.0")],
        Hashes = [new("weights", new string('a', 64))],
        Tables = ScoreTables(items),
        Grids = [new("errors", "True frames that the detector takes for generated, and fakes that it takes for true.", Grid().ToPng()),
            new("grid",
            "Self-reenactment of four test people: one of the shots, the driver's landmarks, what the generator makes of T shots, and "
            + "the true frame.", Grid().ToPng())],
    };

    internal static RgbImage Head(int seed, int size = 64)
    {
        var image = new RgbImage(size, size);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (dx, dy) = ((x - (size / 2.0)) / (size * 0.30), (y - (size / 2.0)) / (size * 0.40));
                var inside = (dx * dx) + (dy * dy) < 1;
                image[x, y][0] = (byte)(inside ? 170 + (seed * 7 % 60) : 60 + x);
                image[x, y][1] = (byte)(inside ? 120 + (seed * 13 % 60) : 90 + y);
                image[x, y][2] = (byte)(inside ? 90 + (seed * 29 % 90) : 130);
            }
        }

        return image;
    }
}
