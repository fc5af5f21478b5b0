using ForensicHeads.Detector.Tests.Scoring;

namespace ForensicHeads.Detector.Tests.Training;

public sealed class RoundTrainingTests : IDisposable
{
    private static readonly string[][] Parts =
        [["p00", "p01", "p02", "p03"], ["p04", "p05", "p06", "p07"], ["p08", "p09", "p10"]];

    private readonly SceneStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public void Everybody_teaches_and_calibrator_threshold_and_range_come_from_what_was_left_out()
    {
        var store = stores.Make();
        var outcome = Train(store, "a");
        Assert.Equal(["calibrator.json", "model.zip", "range.json", "reference.json"], outcome.Manifest.Files.Keys.Order());
        Assert.Equal((11, 11, "parts"), (outcome.Manifest.TrainingPeople, outcome.Manifest.CalibrationPeople,
            outcome.Manifest.CalibratedBy));
        // All fakes are of one generator: no round is left to calibrate another's.
        Assert.Null(outcome.Shares);
        Assert.Null(outcome.Manifest.Unseen);

        // By hand: taught by two parts, asked about the third.
        var layout = new FeatureLayout(outcome.Manifest.Families, SceneStores.Size);
        var rows = FeatureExtractor.Extract(store.Frames.Count, i => store.ReadImage(store.Frames[i]), layout,
            cancellation: TestContext.Current.CancellationToken);
        var scores = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var part in Parts)
        {
            LabelledFeatures[] Rows(bool tested) =>
                [.. store.Frames.Select((frame, i) => LabelledFeatures.Of(frame, rows[i]) with { Video = ClipName.Of(store.Info, frame) })
                    .Where(row => part.Contains(row.Identity) == tested)];
            using var detector = FrameDetector.Train(Rows(false), Options, layout.ColumnNames);
            foreach (var video in VideoScore.Aggregate(detector.Score(Rows(true)))) scores[video.Video] = [video.Score];
        }

        Assert.Equal(44, outcome.Rounds.Count);
        Assert.All(outcome.Rounds, one => Assert.Equal(scores[one.Video.Video].Single(), one.Video.Score, 1e-6));
        Assert.Equal(outcome.Rounds.Min(one => one.Video.Score), outcome.Calibrator!.MinimumScore, 1e-9);

        Assert.Equal(outcome.Manifest.Files, Train(store, "b").Manifest.Files);
        Assert.Equal(Hashes.OfFile(Path.Combine(stores["a"], "detector.json")), Hashes.OfFile(Path.Combine(stores["b"], "detector.json")));
    }

    [Fact]
    public void A_clip_of_which_no_round_speaks_teaches_nobody_and_is_counted()
    {
        var store = stores.Make();
        var outcome = Train(store, "a", request => request with
        {
            Rounds = [.. request.Rounds.Select(round => round with { Train = Without(round.Train), Test = Without(round.Test) })],
        });
        Assert.Equal((10, 40), (outcome.Manifest.TrainingPeople, outcome.Rounds.Count));
        Assert.Contains("4 of 44 clips have too few frames for a round and were left out", outcome.Notes);

        static HashSet<string> Without(IReadOnlySet<string> clips) =>
            [.. clips.Where(clip => !clip.Contains("p03", StringComparison.Ordinal))];
    }

    [Fact]
    public void What_is_unlike_all_training_clips_gets_no_word_and_the_reason_says_in_what()
    {
        Train(stores.Make(), "a");
        using var saved = SavedDetector.Load(stores["a"]);
        Assert.Null(saved.Range!.Foreign(saved.Range.Mean));
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var score = Score("coloured.mp4", image =>
        {
            for (var i = 0; i < image.Pixels.Length; i += 3)
                (image.Pixels[i], image.Pixels[i + 2]) = (250, (byte)(image.Pixels[i + 2] / 8));
        });
        Assert.Equal(Verdict.Inconclusive, score.Verdict);
        Assert.StartsWith("unlike everything that the detector learnt from (distance ", score.VerdictReason, StringComparison.Ordinal);
        Assert.Contains("most of all in ", score.VerdictReason, StringComparison.Ordinal);
        Assert.Equal(score.VerdictReason, Assert.Single(score.Tracks).Foreign);

        FileScore Score(string name, Action<RgbImage> change)
        {
            using (var encoder = new VideoEncoder(stores[name], 120, 120, new VideoEncoderOptions { Crf = 10, Preset = "ultrafast" }))
            {
                for (var i = 0; i < 20; i++)
                {
                    var frame = Pictures.Scene(120, 3);
                    change(frame);
                    encoder.Write(frame);
                }

                encoder.Complete();
            }

            return new FileScorer(saved, cropper).Score(stores[name], cancellation: TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void The_distance_is_Mahalanobis_and_the_limit_a_quantile()
    {
        var random = new SeededRandom(1, "range");
        var clips = Enumerable.Range(0, 4000).Select(i => ($"p{i}",
            Enumerable.Range(0, TrainingRange.Columns.Count).Select(c => random.Gaussian(5, 1 + c)).ToArray())).ToArray();
        var range = TrainingRange.Of(clips);
        // Independent columns: the sum of squared deviations, each over 1.05 of its variance.
        double[] clip = [.. range.Mean.Select((mean, c) => mean + (c == 4 ? 3 * (1 + c) : 0))];
        Assert.Equal(9 / 1.05, range.Distance(clip), 0.6);
        var distances = clips.Select(one => range.Distance(one.Item2)).ToArray();
        var limited = range.Within(distances);
        Assert.InRange(distances.Count(distance => distance > limited.Limit) / 4000.0, 0.04, 0.0501);
        double[] far = [.. range.Mean.Select((mean, c) => mean + (c == 4 ? 10 * (1 + c) : 0))];
        Assert.Contains("most of all in sharpness", limited.Foreign(far), StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_that_is_a_network_of_its_own_is_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => Train(stores.Make(), "c", request => request with { Families = ["cnn"] }));
        Assert.Contains("every round would have to teach it again", error.Message, StringComparison.Ordinal);
    }

    private static DetectorOptions Options { get; } = new() { Trees = 20, RowsPerLeaf = 4 };

    private TrainingOutcome Train(FrameStore store, string name, Func<TrainingRequest, TrainingRequest>? change = null)
    {
        var clips = store.Frames.GroupBy(frame => frame.Identity).ToDictionary(same => same.Key, same =>
            same.Select(frame => ClipName.Of(store.Info, frame)).ToHashSet(StringComparer.Ordinal));
        var request = new TrainingRequest
        {
            Real = [store],
            Generated = [store],
            Split = SceneStores.Split() with
            {
                Identities = clips.Keys.ToDictionary(person => person, _ => SplitRole.Train, StringComparer.Ordinal),
            },
            SplitName = "parts",
            Protocol = "parts",
            Families = ["dct_beta", "npr_stats"],
            Options = Options,
            Rounds = [.. Parts.Select((part, i) =>
                new TrainingRound($"part {i}", i, Of(person => !part.Contains(person)), Of(part.Contains)))],
        };
        return DetectorTraining.Run(change is null ? request : change(request), stores[name],
            cancellation: TestContext.Current.CancellationToken);

        HashSet<string> Of(Func<string, bool> who) =>
            [.. clips.Where(one => who(one.Key)).SelectMany(one => one.Value)];
    }
}
