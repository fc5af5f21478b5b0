using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Detection;

/// <summary>Leaks and shortcuts planted in an otherwise honest experiment: each is stopped or flagged, and by name.</summary>
public sealed class PlantedLeakTests : IDisposable
{
    private const int Size = 64;
    private const int Frames = 6;
    private static readonly (SplitRole Role, int People)[] Roles =
        [(SplitRole.Train, 6), (SplitRole.Validation, 2), (SplitRole.Calibration, 2), (SplitRole.Test, 6)];
    private static readonly ExperimentConfig Config =
        new() { Name = "planted", Families = ["dct_beta", "npr_stats"], Detector = new DetectorOptions { Trees = 30, RowsPerLeaf = 5 } };
    private readonly TestFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_plant_every_gate_holds_and_the_audit_finds_nothing()
    {
        var controls = Run(new Plant());
        Assert.All(controls.Run().Where(control => control.Result.Bound is not null), control =>
            Assert.True(control.Result.Passed, $"{control.Name}: {control.Result.Auc}"));
        Audit(new Plant()).ThrowIfAny();
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("grey level")]
    public void What_one_class_alone_went_through_fails_passthrough_and_the_headline_names_it(string what)
    {
        var controls = Run(new Plant
        {
            OnMade = what == "jpeg" ? image => ImageCodec.Decode(ImageCodec.EncodeJpeg(image, 90)) : image =>
            new RgbImage(Size, Size, Array.ConvertAll(image.Pixels, value => (byte)Math.Min(255, value + 1)))
        });
        Assert.True(controls.Passthrough!.Auc >= ControlResult.CaughtLimit, $"AUC {controls.Passthrough.Auc}");
        Assert.False(controls.Passthrough.Passed);
        var results = new ExperimentResults
        {
            Headline = new Headline { Statement = "", Condition = "clean", Level = Level.Frame },
            Controls = controls
        };
        Assert.StartsWith("this experiment is unsound, so no number below counts: the control passthrough",
            HeadlineBuilder.Build(results, "clean", Level.Frame, Method.Ft, Arm.Updates).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crop_of_another_size_in_one_class_fails_metadata_only()
    {
        var controls = Run(new Plant { OnMadeRecord = record => record with { CropW = record.CropW + 3, CropH = record.CropH + 3 } });
        Assert.True(controls.MetadataOnly!.Auc >= ControlResult.CaughtLimit, $"AUC {controls.MetadataOnly.Auc}");
        Assert.False(controls.MetadataOnly.Passed);
        Assert.True(controls.Passthrough!.Passed);
    }

    [Fact]
    public void Another_crop_rule_picture_size_or_encoder_in_one_class_stops_the_run() => Assert.All(
        new (LeakKind Kind, string Name, Func<StoreInfo, StoreInfo> On)[]
        {
            (LeakKind.CropSpecification, "different crop specifications", info => info with { CropSpecification = "face box × 1.3" }),
            (LeakKind.EncodePath, "different encode paths", info => info with { EncodePath = "jpeg-90, png" }),
        },
        plant =>
        {
            var report = Audit(new Plant { OnMadeStore = plant.On });
            Assert.Contains(report.Leaks, leak => leak.Kind == plant.Kind && leak.Stops);
            Assert.Contains(plant.Name, Assert.Throws<UserErrorException>(report.ThrowIfAny).Message, StringComparison.Ordinal);
        });

    [Fact]
    public void One_person_in_two_roles_under_two_names_stops_the_run() =>
        Stopped(new Plant { Rename = name => name == "test0" ? "TRAIN0" : name }, LeakKind.Identity,
            "'TRAIN0' and 'train0' are one person in the roles train, test");

    [Fact]
    public void One_persons_video_filed_under_another_of_another_role_stops_the_run() =>
        Stopped(new Plant
        {
            OnRealRecord = record => record.Identity == "test0" ? record with { SourceSha256 = Hashes.OfText("train0") }
            : record
        }, LeakKind.Video, "joins train0 (train) and test0 (test)");

    [Fact]
    public void A_near_duplicate_frame_across_roles_stops_the_run() =>
        Stopped(new Plant { Scene = (person, frame) => (person, frame) == ("test0", 2) ? ("train0", 3) : (person, frame) },
            LeakKind.NearDuplicate, "look the same");

    private void Stopped(Plant plant, LeakKind kind, string says)
    {
        var report = Audit(plant);
        Assert.Contains(report.Leaks, leak => leak.Kind == kind && leak.Stops);
        Assert.Contains(says, Assert.Throws<UserErrorException>(report.ThrowIfAny).Message, StringComparison.Ordinal);
    }

    // The gates as the runner runs them.
    private Controls Run(Plant plant)
    {
        var (frames, roles) = Make(plant);
        var columns = new ExperimentFeatures(Config, Size, null);
        var clean = new FrameByFrame(new CleanCondition());
        var values = ConditionedFrames.Measure(frames, clean, columns.Shared, null, null, false, null, Stop);
        var fold = new FoldFrames(new Fold("all", roles, false), frames, [], new ContentCache(folder.Path, log: null));
        var features = new FeatureTable(frames, columns.Shared.ColumnNames, values);
        return ControlScores.Pool([new FoldControls(Config, fold, columns).Control(features, clean, null, Stop)], FrameConditions.Clean);
    }

    // Both audits as the runner runs them: of the true frames, and of what was made.
    private LeakReport Audit(Plant plant)
    {
        var (frames, roles) = Make(plant);
        var stores = frames.Select(frame => frame.Store).Distinct().ToArray();
        var split = new Split
        {
            Name = "all",
            Seed = 1,
            Identities = new SortedDictionary<string, SplitRole>(roles.ToDictionary(), StringComparer.Ordinal)
        };
        return LeakAudit.Run(
            stores, split, new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Stop, RealFramesOnly = true }, null, Stop);
    }

    private (List<ExperimentFrame> Frames, Dictionary<string, SplitRole> Roles) Make(Plant plant)
    {
        var (frames, roles) = (new List<ExperimentFrame>(), new Dictionary<string, SplitRole>());
        foreach (var person in Roles.SelectMany(role =>
            Enumerable.Range(0, role.People).Select(i => (Name: $"{role.Role.ToString().ToLowerInvariant()}{i}", role.Role))))
        {
            var name = plant.Rename(person.Name);
            roles[name] = person.Role;
            RgbImage Truth(int i) => Picture(plant.Scene(person.Name, i));
            FrameRecord Record(int i, string kind) => new()
            {
                Key = FormattableString.Invariant($"{name}-{kind}-{i:D4}"),
                Identity = name,
                Video = name + "-v0",
                FrameNumber = i,
                TimeS = i / 25.0,
                Landmarks = new Landmarks68(
                    [.. Enumerable.Range(0, 68).SelectMany(p => new[] { 32 + (18 * MathF.Cos(p)), 32 + (20 * MathF.Sin(p)) })]),
                LandmarkConfidence = 1,
                CropX = 3,
                CropY = 4,
                CropW = 200,
                CropH = 200,
                SourceSha256 = Hashes.OfText(person.Name),
                SourceCodec = "h264",
                SourceWidth = 640,
                SourceHeight = 480,
                Licence = "CC0-1.0",
                MayGenerate = true,
                Group = name,
            };
            FrameRecord Made(int i, string kind, FrameOrigin origin) =>
                plant.OnMadeRecord(Record(i, kind) with { Origin = origin, DriverVideo = name + "-v0", DriverFrame = i });
            var real =
                Write(name + "-real", Enumerable.Range(0, Frames).Select(i => (plant.OnRealRecord(Record(i, "real")), Truth(i))), info =>
                    info);
            // Few-shot heads are what they are, smoother; the frame passed through must be the true one.
            var made = Write(name + "-made", Enumerable.Range(0, Frames).SelectMany(i => new[]
            {
                (Made(i, "few", Origins.Of("ft", 8, draw: 0)), plant.OnMade(ImageBlur.Gaussian(Truth(i), 1))),
                (Made(i, "pass", Origins.Of("passthrough")), plant.OnMade(Truth(i))),
            }), plant.OnMadeStore);
            frames.AddRange(real.Frames.Select(frame => new ExperimentFrame(frame, real))
                .Concat(made.Frames.Select(frame => new ExperimentFrame(frame, made))));
        }

        return (frames, roles);
    }

    private FrameStore Write(string name, IEnumerable<(FrameRecord Record, RgbImage Image)> frames, Func<StoreInfo, StoreInfo> change)
    {
        var path = folder[Path.GetRandomFileName() + name];
        using var writer = StoreWriter.Create(path,
            change(new StoreInfo
            {
                Name = name,
                Size = Size,
                CropSpecification = "experiment",
                Arguments = ["planted"],
                LicenceSummary = "CC0-1.0"
            }));
        foreach (var (record, image) in frames) writer.Add(record, image);
        return writer.Complete();
    }

    // Coarse blocks that differ for every person and frame, and fine noise; nothing near black or white, so that a grey level is not
    // clipped.
    private static RgbImage Picture((string Person, int Frame) scene)
    {
        var random = new SeededRandom(scene.Frame, scene.Person);
        var blocks = Enumerable.Range(0, 64 * 3).Select(_ => random.Uniform(60, 190)).ToArray();
        var image = new RgbImage(Size, Size);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                for (var c = 0; c < 3; c++) image[x, y][c] =
                    (byte)Math.Clamp(blocks[(3 * ((8 * (y / 8)) + (x / 8))) + c] + random.Gaussian(0, 4), 1, 250);
            }
        }

        return image;
    }

    /// <summary>What is planted; by itself nothing.</summary>
    private sealed record Plant
    {
        public Func<RgbImage, RgbImage> OnMade { get; init; } = image => image;

        public Func<FrameRecord, FrameRecord> OnMadeRecord { get; init; } = record => record;

        public Func<FrameRecord, FrameRecord> OnRealRecord { get; init; } = record => record;

        public Func<StoreInfo, StoreInfo> OnMadeStore { get; init; } = info => info;

        public Func<string, string> Rename { get; init; } = name => name;

        public Func<string, int, (string Person, int Frame)> Scene { get; init; } = (person, frame) => (person, frame);
    }
}
