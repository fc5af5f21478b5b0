using ForensicHeads.Testing;
using System.Diagnostics;

namespace ForensicHeads.Detector.Tests.Controls;

public class ControlTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Shuffled_labels_centre_on_one_half_and_a_real_difference_stands_out()
    {
        var shuffle =
            LabelShuffle.Run(Tables.Pairs(12, 10, 20, 2, 1, "a"), Tables.Pairs(8, 10, 20, 2, 2, "b"), seed: 1, cancellation: Stop);
        Assert.Equal(200, shuffle.PermutedAucs.Count);
        Assert.Equal(0.5, shuffle.Mean, 0.02);
        Assert.InRange(shuffle.Low, 0.3, 0.49);
        Assert.InRange(shuffle.High, 0.51, 0.7);
        Assert.True(shuffle.RealAuc > 0.75, $"{shuffle.RealAuc}");
        Assert.Equal(shuffle.RealAuc, Auc.Compute(shuffle.RealScores)!.Value, 1e-12);
        Assert.Null(shuffle.Alike);
        Assert.True(shuffle.Holds);
    }

    [Fact]
    public void A_duplicate_between_training_and_test_people_fails_and_without_one_nearly_every_run_holds()
    {
        // A real difference, and frames of test people that are said to look like others of training without being the same.
        (int Held, int Caught) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            var (train, test) = (Tables.Pairs(6, 8, 40, 2, 1000 + i, "a"), Tables.Pairs(6, 8, 40, 2, 2000 + i, "b"));
            var alike = new Dictionary<string, string> { ["b0-0"] = "a0-0", ["b1-3"] = "a2-5", ["b4-1"] = "a5-7" };
            if (LabelShuffle.Run(train, test, seed: i, alike: alike, cancellation: Stop).Holds) Held++;

            // One frame of one test person is a training frame under another name.
            var leaked = train[11] with { Identity = "b0", Driver = "b0-0", Key = "b0-0-0" };
            alike["b0-0"] = train[11].Driver;
            if (!LabelShuffle.Run(train, [leaked, .. test.Skip(1)], seed: i, alike: alike, cancellation: Stop).Holds) Caught++;
        }

        Assert.True(Held >= 95, $"{Held} of 100 held");
        Assert.True(Caught >= 95, $"{Caught} of 100 were caught");
    }

    [Fact]
    public void A_driver_on_both_sides_needs_no_one_to_say_that_it_looks_alike()
    {
        var (train, test) = (Tables.Pairs(6, 8, 40, 2, 1, "a"), Tables.Pairs(6, 8, 40, 2, 2, "b"));
        var found = LabelShuffle.Run(train, [train[0] with { Identity = "b0" }, .. test.Skip(1)], seed: 1, cancellation: Stop);
        Assert.Equal(new AlikeShuffle(1, 1, 1), found.Alike);
        Assert.False(found.Holds);
    }

    [Fact]
    public void Exactly_half_of_each_persons_drivers_are_exchanged_and_their_frames_move_together()
    {
        var pairs = Tables.Pairs(5, 6, 2, 0, 3, "a", perDriver: 3);
        var swaps = LabelShuffle.Swaps(pairs, new SeededRandom(1, "swaps"));
        foreach (var person in Enumerable.Range(0, pairs.Count).GroupBy(i => pairs[i].Identity))
        {
            var drivers = person.GroupBy(i => pairs[i].Driver).Select(driver => driver.Select(i => swaps[i]).Distinct().Single()).ToArray();
            Assert.Equal(3, drivers.Count(swapped => swapped));
        }
    }

    [Fact]
    public void Exchanging_every_pair_on_one_side_turns_the_auc_round_and_on_both_sides_keeps_it()
    {
        var train = Tables.Pairs(8, 6, 6, 2, 10, "a");
        var test = Tables.Pairs(8, 6, 6, 2, 11, "b");
        var score = LabelShuffle.Evaluator(train, test);
        double Evaluate(bool[] trained, bool[] tested) =>
            Auc.Of(score(trained), (bool[])[.. tested.SelectMany(swap => new[] { swap, !swap })]);
        bool[] Same(int count, bool value) => [.. Enumerable.Repeat(value, count)];
        var real = Evaluate(Same(train.Count, false), Same(test.Count, false));
        Assert.True(real > 0.75, $"{real}");
        // In AUC; the solver's last digits may swap two neighbours.
        Assert.Equal(1 - real, Evaluate(Same(train.Count, true), Same(test.Count, false)), 0.001);
        Assert.Equal(1 - real, Evaluate(Same(train.Count, false), Same(test.Count, true)), 0.001);
        Assert.Equal(real, Evaluate(Same(train.Count, true), Same(test.Count, true)), 0.001);
    }

    [Fact]
    public void One_seed_gives_one_result_on_any_number_of_threads()
    {
        LabelShuffle Run() =>
            LabelShuffle.Run(Tables.Pairs(5, 5, 6, 0.3, 4, "a"), Tables.Pairs(5, 5, 6, 0.3, 5, "b"), seed: 9, cancellation: Stop);
        Assert.Equal(Run().PermutedAucs, Run().PermutedAucs);
    }

    [Fact]
    public void Two_hundred_permutations_of_1500_rows_by_370_columns_are_timed()
    {
        var train = Tables.Pairs(30, 17, 370, 0.3, 6, "a");
        var test = Tables.Pairs(14, 17, 370, 0.3, 7, "b");
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var shuffle = LabelShuffle.Run(train, test, seed: 1, cancellation: Stop);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"label_shuffle: {2 * train.Count} + {2 * test.Count} rows × 370 columns, 200 permutations: {clock.Elapsed.TotalSeconds:0.0} "
                + $"s on {Environment.ProcessorCount} cores, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor "
                + $"time if run alone; real {shuffle.RealAuc:0.000}, mean {shuffle.Mean:0.000}, {shuffle.Low:0.000} … "
                + $"{shuffle.High:0.000}");
        Assert.Equal(0.5, shuffle.Mean, 0.02);
    }

    [Fact]
    public void The_logistic_model_stops_where_the_gradient_is_zero()
    {
        var rows = Tables.Rows(10, 10, 1, 8);
        var standard = new Standardiser([.. rows.Select(row => row.Features)]).Apply([.. rows.Select(row => row.Features)]);
        bool[] labels = [.. rows.Select(row => row.Generated)];
        var weights = new RidgeLogistic(standard).Fit(labels);
        var scores = RidgeLogistic.Score(weights, standard);
        for (var c = 0; c <= 12; c++)
        {
            var gradient = c == 12 ? 0 : -0.01 * rows.Count * weights[c];
            for (var i = 0; i < rows.Count; i++) gradient += ((labels[i] ? 1 : 0) - (1 / (1 + Math.Exp(-scores[i]))))
                * (c == 12 ? 1 : standard[i][c]);
            // In rows: a thousandth of the 200 rows would be 0.2.
            Assert.Equal(0, gradient, 0.02);
        }

        Assert.True(weights[..4].Min() > 0.3);
    }

    [Fact]
    public void A_planted_offset_of_one_grey_level_in_the_output_path_is_caught()
    {
        var scores = Passthrough(image => Pictures.Raise(image, 1));
        Assert.Equal(24, scores.Count);
        Assert.True(Tables.Auc(scores) >= 0.90, $"AUC {Tables.Auc(scores)}");
    }

    [Fact]
    public void An_output_path_that_changes_nothing_scores_exactly_one_half() =>
        Assert.Equal(0.5, Tables.Auc(Passthrough(image => image.Clone())));

    [Fact]
    public void Noise_without_direction_in_the_output_path_stays_under_the_limit()
    {
        // Two independent noisy copies of one scene: different pixels, nothing systematic.
        var layout = PassthroughControl.Layout(["dct_beta"], 64);
        var scores = PassthroughControl.Scores(Noisy(layout, "a", 40, 1000), Noisy(layout, "b", 40, 3000));
        Assert.InRange(Tables.Auc(scores), 0.3, 0.7);
    }

    [Fact]
    public void A_planted_metadata_field_is_caught_and_shared_fields_are_not()
    {
        var options = new DetectorOptions { Trees = 50, RowsPerLeaf = 5 };
        var honest = MetadataFeatures.Scores(Frames("a", 10), Frames("b", 10), options);
        Assert.Equal(0.5, Tables.Auc(honest), 0.05);
        foreach (var planted in new Func<FrameRecord, FrameRecord>[]
        {
            frame => frame with { CropW = frame.CropW + 3 },
            frame => frame with { SourceCodec = "rawvideo" },
            frame => frame with { TimeS = 0 },
        })
        {
            List<FrameRecord> Plant(string prefix) => [.. Frames(prefix, 10).Select(frame => !frame.IsReal ? planted(frame) : frame)];
            var auc = Tables.Auc(MetadataFeatures.Scores(Plant("a"), Plant("b"), options));
            Assert.True(auc >= 0.9, $"AUC {auc}");
        }
    }

    [Fact]
    public void The_byte_length_and_the_provenance_are_not_metadata()
    {
        var frame = Frames("a", 1)[0];
        var told = frame
            with
        {
            Length = 99_999,
            Offset = 7,
            Shard = 3,
            Key = "other",
            Origin = FrameOrigin.MadeBy("g") with { Mode = Mode.Ft, Shots = 8 },
            WeightsSha256 = "w"
        };
        Assert.Equal(MetadataFeatures.Of(frame), MetadataFeatures.Of(told));
        Assert.Equal(MetadataFeatures.ColumnNames.Count, MetadataFeatures.Of(frame).Length);
    }

    [Fact]
    public void A_person_on_both_sides_and_too_few_permutations_are_refused()
    {
        var pairs = Tables.Pairs(3, 4, 5, 0, 1, "a");
        Assert.Contains("a0", Assert.Throws<UserErrorException>(() => LabelShuffle.Run(pairs, pairs, 1, cancellation: Stop)).Message,
            StringComparison.Ordinal);
        Assert.Contains("200",
            Assert.Throws<UserErrorException>(() =>
                LabelShuffle.Run(pairs, Tables.Pairs(3, 4, 5, 0, 1, "b"), 1, 50, cancellation: Stop)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => PassthroughControl.Scores(pairs, []));
    }

    private static IReadOnlyList<FrameScore> Passthrough(Func<RgbImage, RgbImage> path)
    {
        var layout = PassthroughControl.Layout(FeatureFamilies.Default, 64);
        return PassthroughControl.Scores(Pairs("a", 20, 0), Pairs("b", 12, 1000));

        List<PairedFeatures> Pairs(string prefix, int count, long seed) =>
            [.. Enumerable.Range(0, count)
                .Select(i => Pair(layout, prefix, i, Pictures.Scene(64, seed + i), path(Pictures.Scene(64, seed + i))))];
    }

    private static List<PairedFeatures> Noisy(FeatureLayout layout, string prefix, int count, long seed)
    {
        RgbImage Copy(int i, long stream)
        {
            var random = new SeededRandom(stream, "copy");
            var scene = Pictures.Scene(64, seed + i);
            for (var b = 0; b < scene.Pixels.Length; b++) scene.Pixels[b] =
                (byte)Math.Clamp(scene.Pixels[b] + random.Gaussian(0.5, 3), 0, 255);
            return scene;
        }

        return [.. Enumerable.Range(0, count).Select(i => Pair(layout, prefix, i, Copy(i, seed + (2 * i)), Copy(i, seed + (2 * i) + 1)))];
    }

    private static PairedFeatures Pair(FeatureLayout layout, string prefix, int i, RgbImage real, RgbImage made)
    {
        var pair = new PairedFeatures
        {
            Identity = $"{prefix}{i}",
            Driver = $"{prefix}{i}-d",
            Key = $"{prefix}{i}-m",
            Video = $"{prefix}{i}-r",
            MadeVideo = $"{prefix}{i}-p",
            Origin = Origins.Of(true),
            Real = new float[layout.Length],
            Made = new float[layout.Length],
        };
        layout.Compute(real, pair.Real);
        layout.Compute(made, pair.Made);
        return pair;
    }

    private static List<FrameRecord> Frames(string prefix, int people)
    {
        var random = new SeededRandom(1, prefix);
        var frames = new List<FrameRecord>();
        for (var p = 0; p < people; p++)
        {
            for (var f = 0; f < 12; f++)
            {
                var real = new FrameRecord
                {
                    Key = $"{prefix}{p}-{f}",
                    Identity = $"{prefix}{p}",
                    Video = $"{prefix}{p}-v",
                    FrameNumber = f,
                    TimeS = f / 25.0,
                    Landmarks = new Landmarks68(new float[136]),
                    LandmarkConfidence = (float)random.Uniform(0.9, 1),
                    CropX = (float)random.Uniform(0, 50),
                    CropY = (float)random.Uniform(0, 50),
                    CropW = 200,
                    CropH = 200,
                    SourceCodec = p % 2 == 0 ? "h264" : "vp9",
                    SourceWidth = 640,
                    SourceHeight = 480,
                    Length = 1000,
                };
                frames.Add(real);
                frames.Add(real with { Key = real.Key + "g", Video = real.Video + "g", Origin = Origins.Of("ff", 8), Length = 500 });
            }
        }

        return frames;
    }
}
