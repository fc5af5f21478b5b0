using System.Formats.Tar;

namespace ForensicHeads.Detector.Tests.Training;

public sealed class DetectorTrainingTests : IDisposable
{
    private readonly SceneStores stores = new();

    public void Dispose() => stores.Dispose();

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    [InlineData(DetectorModelKind.FastForest)]
    public void Two_trainings_with_one_seed_give_identical_files_and_scores(DetectorModelKind kind)
    {
        var store = stores.Make();
        var options = new DetectorOptions { Model = kind, Trees = 20, RowsPerLeaf = 4, Seed = 7 };
        var first = Train(store, "a", request => request with { Options = options });
        var again = Train(store, "b", request => request with { Options = options });
        Assert.Equal(["calibrator.json", "model.zip", "reference.json"], first.Manifest.Files.Keys.Order());
        Assert.Equal(first.Manifest.Files, again.Manifest.Files);
        Assert.Equal(Hashes.OfFile(Path.Combine(stores["a"], "detector.json")), Hashes.OfFile(Path.Combine(stores["b"], "detector.json")));
        using var one = SavedDetector.Load(stores["a"]);
        using var two = SavedDetector.Load(stores["b"]);
        var rows = Rows(store, one.Manifest);
        var scores = one.Detector.Score(rows);
        Assert.True(scores.Distinct().Count() > 10);
        Assert.Equal(scores, two.Detector.Score(rows));
        Assert.True(first.FrameAuc > 0.75, $"AUC {first.FrameAuc}");
    }

    [Fact]
    public void What_stands_beside_a_picture_in_its_shard_never_reaches_a_detector()
    {
        var store = stores.Make();
        var truth = Train(store, "a");
        var scores = Scores();
        // Anything in its place, under hashes that hold.
        var shard = Path.Combine(store.Path, "shards", "000000.tar");
        var bytes = File.ReadAllBytes(shard);
        var before = Hashes.Of(bytes);
        var replaced = 0;
        using (var tar = new TarReader(new MemoryStream(bytes)))
        {
            while (tar.GetNextEntry() is { } entry)
            {
                if (!entry.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
                bytes.AsSpan((int)entry.DataOffset, (int)entry.Length).Fill((byte)'#');
                replaced++;
            }
        }

        Assert.Equal(store.Frames.Count, replaced);
        File.WriteAllBytes(shard, bytes);
        var manifest = Path.Combine(store.Path, "store.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(before, Hashes.Of(bytes), StringComparison.Ordinal));
        store = FrameStore.Open(store.Path);
        Assert.Equal(truth.Manifest.Files, Train(store, "b").Manifest.Files);
        Assert.Equal(scores, Scores());

        double[] Scores()
        {
            using var saved = SavedDetector.Load(stores["a"]);
            return [.. saved.Detector.Score(Rows(store, saved.Manifest))];
        }
    }

    [Fact]
    public void Test_people_leave_no_trace_in_the_detector()
    {
        var first = Train(stores.Make("one", seed: 1), "a");
        var other = Train(stores.Make("two", seed: 2), "b");
        Assert.NotEqual(first.Manifest.TrainingStores.Values, other.Manifest.TrainingStores.Values);
        Assert.Equal(first.Manifest.Files, other.Manifest.Files);
        Assert.Equal((4, 2, 3), (first.Manifest.TrainingPeople, first.Manifest.ValidationPeople, first.Manifest.CalibrationPeople));
    }

    [Fact]
    public void The_folder_says_what_it_was_trained_on()
    {
        var manifest = Train(stores.Make(), "a", request => request with { Remark = "AUC .6 elsewhere." }).Manifest;
        Assert.Equal(["smoother", "ff", "rendered"], manifest.Generators.Concat(manifest.Modes).Concat(manifest.Codecs));
        Assert.Equal([8], manifest.Shots);
        Assert.Equal((64, 32, 32, 32, 64f, 64f),
            (manifest.TrainingFrames, manifest.RealTrainingFrames, manifest.Size, manifest.CropSize, manifest.SmallestCrop,
            manifest.LargestCrop));
        Assert.Equal(ThresholdByHand(stores["both"], stores["a"]), manifest.Threshold!.Value, 1e-6);
        Assert.Equal(["dct_beta", "npr_stats"], manifest.Importance.Select(family => family.Family).Order());
        var scope = DetectorScope.Of(manifest);
        foreach (var words in new[] { "64 frames of 4 people (both)", "rendered footage", "by smoother (ff; 8 shots)",
            "calibrated on 3 other people", "'no sign of generation found' does not mean that a file is genuine (nobody has measured",
            "AUC .6 elsewhere." }) Assert.Contains(
                words, scope, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_and_generated_frames_may_lie_in_stores_of_their_own()
    {
        var real = stores.Make("real", labels: ["real"]);
        var fake = stores.Make("fake", labels: ["generated"]);
        var apart = Train(Request(real, fake), "a");
        var together = Train(stores.Make(), "b");
        Assert.Equal(2, apart.Manifest.TrainingStores.Count);
        Assert.Equal(together.Manifest.Files["model.zip"], apart.Manifest.Files["model.zip"]);
    }

    [Fact]
    public void Stores_of_two_kinds_of_crops_are_learnt_from_together_only_where_both_classes_have_both()
    {
        var (real, fake) = (stores.Make("real", labels: ["real"]), stores.Make("fake", labels: ["generated"]));
        FrameStore Small(FrameStore store, string name) =>
            StoreSelect.Run(store, new StoreSelection { Size = 16 }, stores[name], cancellation: TestContext.Current.CancellationToken);
        var (smallReal, smallFake) = (Small(real, "small-real"), Small(fake, "small-fake"));
        Assert.Contains(
            "small-fake has generated frames of 16 px, 'scenes', encoded as png, reduced from 32 px, and no store has real ones of that "
            + "kind", Refusal(Request(real, fake) with { Generated = [fake, smallFake] }), StringComparison.Ordinal);
        Assert.Contains("real has real frames of 32 px", Refusal(Request(real, smallFake) with { Real = [real, smallReal] }),
            StringComparison.Ordinal);
        var both = Request(real, fake)
            with
        { Real = [smallReal, real], Generated = [fake, smallFake], Families = null, NearDuplicates = NearDuplicateRule.Ignore };
        var manifest = Train(both, "a").Manifest;
        // Everything is reduced to the smaller size; a file's faces are cut as the larger ones were.
        Assert.Equal((16, 32, 128), (manifest.Size, manifest.CropSize, manifest.TrainingFrames));
        Assert.Contains("npr_stats_resized", manifest.Families);
        Assert.Contains("above the stores' 16 px", Refusal(both with { Size = 32 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_of_crops_that_only_one_class_has_among_the_training_people_is_refused()
    {
        // Both kinds have both classes over all stores; but of the other rule, the real frames are of people who do not train.
        FrameStore[] usual = [stores.Make("real", labels: ["real"]), stores.Make("fake", labels: ["generated"])];
        var (tested, trained) = (stores.Make("other-real", labels: ["real"], first: 9, crop: "another rule"),
            stores.Make("other-fake", labels: ["generated"], crop: "another rule"));
        Assert.Contains("other-fake has generated frames of training people of 32 px, 'another rule'",
            Refusal(Request(usual[0], usual[1]) with { Real = [usual[0], tested], Generated = [usual[1], trained] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_the_detector_stands_what_seven_statistics_and_what_rides_along_with_a_frame_say_of_the_same_frames()
    {
        var (real, fake) = (stores.Make("real", labels: ["real"]), stores.Make("fake", labels: ["generated"]));
        var plain = Train(Request(real, fake), "a");
        Assert.Equal(["detector", "trivial_pixels", "metadata_only"], plain.Validation.Select(scores => scores.Name));
        Assert.All(plain.Validation,
            scores =>
                Assert.Equal(plain.Validation[0].Frames.Select(frame => (frame.Key, frame.Origin)),
            scores.Frames.Select(frame => (frame.Key, frame.Origin))));
        Assert.Equal(plain.Manifest.ValidationPeople, plain.Validation[0].Frames.Select(frame => frame.Identity).Distinct().Count());
        Assert.Equal(plain.FrameAuc, Auc(plain, "detector"));
        Assert.Equal(0.5, Auc(plain, "metadata_only"));
        // One field of one class is all that the last of them needs.
        using var writer = StoreWriter.Create(stores["moved"], fake.Info with { Name = "moved" });
        foreach (var frame in fake.Frames) writer.Add(frame with { CropX = frame.CropX + 1000 }, fake.ReadImage(frame));
        var moved = Train(Request(real, writer.Complete()), "b");
        Assert.Equal(1, Auc(moved, "metadata_only"));
        Assert.Equal(Auc(plain, "trivial_pixels"), Auc(moved, "trivial_pixels"));
        Assert.Equal(plain.Manifest.Files, moved.Manifest.Files);

        static double Auc(TrainingOutcome outcome, string name)
        {
            var frames = outcome.Validation.Single(scores => scores.Name == name).Frames;
            return Statistics.Auc.Of([.. frames.Select(frame => (float)frame.Score)], [.. frames.Select(frame => frame.Generated)]);
        }
    }

    [Fact]
    public void Too_few_calibration_people_give_a_detector_without_a_calibrator_that_says_so()
    {
        var outcome = Train(stores.Make(), "a", request => request with { Split = SceneStores.Split(calibration: 2) });
        Assert.Null(outcome.Calibrator);
        Assert.Contains(outcome.Notes,
            note => note.StartsWith("no calibrator: the calibration role has 2 people with real and 2 with generated videos, and 3 of each",
            StringComparison.Ordinal));
        using var saved = SavedDetector.Load(stores["a"]);
        Assert.Null(saved.Calibrator);
        Assert.Contains("not calibrated", DetectorScope.Of(saved.Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void Augmentation_doubles_the_training_rows_and_nothing_else()
    {
        var store = stores.Make();
        var plain = Train(store, "a");
        var augmented = Train(store, "b", request => request with { Copies = new() { Names = ["changed"] } });
        Assert.NotEqual(plain.Manifest.Files["model.zip"], augmented.Manifest.Files["model.zip"]);
        Assert.Equal(plain.Manifest.TrainingFrames, augmented.Manifest.TrainingFrames);
        Assert.Contains(augmented.Notes, note => note.Contains("H.264 was left out", StringComparison.Ordinal));
        Assert.DoesNotContain(plain.Notes, note => note.Contains("H.264", StringComparison.Ordinal));
        Assert.Contains("no H.264", DetectorScope.Of(augmented.Manifest), StringComparison.Ordinal);
        Assert.Contains(augmented.Notes, note => note.StartsWith("64 frames of copies taught, too (changed): 0 of pseudo-fakes, 64 of",
            StringComparison.Ordinal));
        Assert.Equal(Train(store, "c", request => request with { Copies = new() { Names = ["changed"] } }).Manifest.Files,
            augmented.Manifest.Files);
    }

    [Fact]
    public void Frames_of_a_video_are_taken_evenly()
    {
        var frames = Enumerable.Range(0, 10)
            .Select(i =>
            new FrameRecord { Key = $"k{i}", Identity = "p", Video = "v", FrameNumber = i, Landmarks = new Landmarks68(new float[136]) })
            .ToArray();
        Assert.Equal([0, 2, 5, 7], Evenly.Spread(frames, 4).Select(frame => frame.FrameNumber));
        Assert.Equal(10, Evenly.Spread(frames, 0).Count());
        Assert.Equal(4 * 2 * 2 * 2, Train(stores.Make(), "a", request => request with { FramesPerVideo = 2 }).Manifest.TrainingFrames);
    }

    [Fact]
    public void Without_a_person_in_both_classes_the_training_warns()
    {
        var real = stores.Make("real", labels: ["real"], people: 2);
        var fake = stores.Make("fake", labels: ["generated"], people: 4);
        Split Roles(params string[] people) =>
            new() { Name = "s", Seed = 1, Identities = people.ToDictionary(person => person, _ => SplitRole.Train) };
        const string Words = "none of the 2 people with real training frames is among the 2 with generated ones";
        // The real store holds p00 and p01; the fakes' p02 and p03 have no real frames.
        Assert.DoesNotContain(Train(Request(real, fake) with { Split = Roles("p00", "p01", "p02") }, "a").Notes, note =>
            note.StartsWith("none of the", StringComparison.Ordinal));
        var strangers = stores.Make("strangers", labels: ["generated"], people: 4, first: 2);
        Assert.Contains(Train(Request(real, strangers) with { Split = Roles("p00", "p01", "p02", "p03") }, "b").Notes, note =>
            note.StartsWith(Words, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_with_what_to_do()
    {
        var store = stores.Make();
        var real = stores.Make("real", labels: ["real"]);
        Assert.Contains("holds no generated frames, so --generated cannot name it", Refusal(Request(store, real)),
            StringComparison.Ordinal);
        var strangers =
            new Split { Name = "others", Seed = 1, Identities = new Dictionary<string, SplitRole> { ["nobody"] = SplitRole.Train } };
        Assert.Contains("names none of the people", Refusal(Request(store, store) with { Split = strangers }), StringComparison.Ordinal);
        Assert.Contains("datasets split both", Refusal(Request(store, store) with { Split = strangers }), StringComparison.Ordinal);
        var tests = new Split { Name = "tests", Seed = 1, Identities = new Dictionary<string, SplitRole> { ["p00"] = SplitRole.Test } };
        Assert.Contains("None of the split's training people has real frames", Refusal(Request(store, store) with { Split = tests }),
            StringComparison.Ordinal);
        Assert.Contains("crops differ", Refusal(Request(real, stores.Make("other", labels: ["generated"], crop: "another rule"))),
            StringComparison.Ordinal);
        Assert.Contains("name npr_stats_resized", Refusal(Request(store, store) with { Size = 16, Families = ["npr_stats"] }),
            StringComparison.Ordinal);
        Assert.Contains("above the stores' 32 px", Refusal(Request(store, store) with { Size = 64 }), StringComparison.Ordinal);
        Assert.Contains("There is no feature family 'nonsense'", Refusal(Request(store, store) with { Families = ["nonsense"] }),
            StringComparison.Ordinal);
        Assert.Contains("The remark has 1001 characters", Refusal(Request(store, store) with { Remark = new string('x', 1001) }),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(stores["refused"]));
    }

    [Fact]
    public void A_near_duplicate_across_roles_stops_the_training()
    {
        // Person 4 validates with the real frames of person 3, who trains.
        var store = stores.Make(twin: 4);
        Assert.Contains("look the same", Refusal(Request(store, store)), StringComparison.Ordinal);
        Assert.Contains(Train(store, "a", request => request with { NearDuplicates = NearDuplicateRule.Report }).Notes, note =>
            note.Contains("look the same", StringComparison.Ordinal));
    }

    private static TrainingRequest Request(FrameStore real, FrameStore generated) => new()
    {
        Real = [real],
        Generated = [generated],
        Split = SceneStores.Split(),
        SplitName = "test",
        Families = ["dct_beta", "npr_stats"],
        Options = new DetectorOptions { Trees = 20, RowsPerLeaf = 4 },
    };

    // The middle of two neighbouring validation scores with which most are right: none is better.
    private static double ThresholdByHand(string store, string detector)
    {
        var frames = FrameStore.Open(store);
        using var saved = SavedDetector.Load(detector);
        var all = saved.Detector.Score(Rows(frames, saved.Manifest)).Zip(frames.Frames);
        var validation = all.Where(pair => pair.Second.Identity is "p04" or "p05")
            .Select(pair => (Score: (double)pair.First, pair.Second.IsReal)).ToArray();
        double Right(double threshold) => validation.Count(item => item.Score > threshold == !item.IsReal);
        double[] levels = [.. validation.Select(item => item.Score).Distinct().Order()];
        var best = levels.Zip(levels.Skip(1), (low, high) => (Middle: (low + high) / 2, Gap: high - low))
            .GroupBy(item => Right(item.Middle)).MaxBy(group => group.Key)!;
        return best.MaxBy(item => item.Gap).Middle;
    }

    private static float[][] Rows(FrameStore store, DetectorManifest manifest)
    {
        var layout = new FeatureLayout(manifest.Families, manifest.Size);
        return FeatureExtractor.Extract(store.Frames.Count, i => store.ReadImage(store.Frames[i]), layout);
    }

    private string Refusal(TrainingRequest request)
    {
        var error = Assert.Throws<UserErrorException>(() => Train(request, "refused"));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private TrainingOutcome Train(FrameStore store, string name, Func<TrainingRequest, TrainingRequest>? change = null) =>
        Train(change is null ? Request(store, store) : change(Request(store, store)), name);

    private TrainingOutcome Train(TrainingRequest request, string name) =>
        DetectorTraining.Run(request, stores[name], cancellation: TestContext.Current.CancellationToken);
}
