using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Model;

public class FrameDetectorTests
{
    private static readonly DetectorOptions Small = new() { Trees = 60 };

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    [InlineData(DetectorModelKind.FastForest)]
    public void Unseen_people_are_told_apart_and_the_same_seed_gives_the_same_bits(DetectorModelKind kind)
    {
        var options = Small with { Model = kind };
        var train = Tables.Rows(20, 12, 1.0, 1);
        var test = Tables.Rows(20, 12, 1.0, 2, prefix: "q");
        using var first = FrameDetector.Train(train, options, Tables.Columns(12));
        using var again = FrameDetector.Train(train, options, Tables.Columns(12));
        var scores = first.Score(test);
        Assert.True(Tables.Auc(scores) > 0.8, $"AUC {Tables.Auc(scores)}");
        Assert.Equal(scores.Select(row => row.Score), again.Score(test).Select(row => row.Score));
        Assert.Equal(Hashes.Of(first.ToBytes()), Hashes.Of(again.ToBytes()));
    }

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    public void Late_fusion_is_the_mean_of_the_families_models_each_over_its_deviation(DetectorModelKind kind)
    {
        var options = Small with { Model = kind };
        var train = Tables.Rows(10, 12, 1.0, 1);
        float[][] asked = [.. Tables.Rows(10, 12, 1.0, 2, prefix: "q").Select(row => row.Features)];
        using var fused = FrameDetector.Train(train, options with { LateFusion = true }, Tables.Columns(12));
        var expected = new double[asked.Length];
        foreach (var range in new[] { ..4, 4..12 })
        {
            using var one = FrameDetector.Train([.. train.Select(row => row with { Features = row.Features[range] })], options,
                [.. Tables.Columns(12).ToArray()[range]]);
            // All rows weigh the same here.
            var taught = one.Score([.. train.Select(row => row.Features[range])]);
            var deviation = Math.Sqrt(taught.Average(score => Math.Pow(score - taught.Average(), 2)));
            var scores = one.Score([.. asked.Select(row => row[range])]);
            for (var i = 0; i < expected.Length; i++) expected[i] += scores[i] / deviation / 2;
        }

        var actual = fused.Score(asked);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
        using var again = FrameDetector.FromBytes(fused.ToBytes());
        Assert.Equal((12, Hashes.Of(fused.ToBytes())), (again.Columns, Hashes.Of(again.ToBytes())));
        Assert.Equal(actual, again.Score(asked));
        Assert.Throws<UserErrorException>(() => fused.Score([new float[11]]));
    }

    [Fact]
    public void A_fusion_that_does_not_match_its_models_is_refused()
    {
        using var fused = FrameDetector.Train(Tables.Rows(5, 6, 1.0, 1), Small with { LateFusion = true }, Tables.Columns(12));
        Refused("\"scales\": [\n    1\n  ]", "does not match the models beside it");
        Refused("\"scales\": null", "fusion.json is not a valid fusion file");
        Refused("{", "fusion.json is not");

        void Refused(string fusion, string words)
        {
            using var stream = new MemoryStream();
            stream.Write(fused.ToBytes());
            using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
            {
                archive.GetEntry("fusion.json")!.Delete();
                using var entry = archive.CreateEntry("fusion.json").Open();
                entry.Write(System.Text.Encoding.UTF8.GetBytes(fusion.StartsWith('{') ? fusion : $"{{ {fusion} }}"));
            }

            Assert.Contains(words, Assert.Throws<UserErrorException>(() => FrameDetector.FromBytes(stream.ToArray())).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_seed_grows_other_trees()
    {
        var train = Tables.Rows(10, 12, 1.0, 1);
        float[][] features = [.. train.Select(row => row.Features)];
        using var first = FrameDetector.Train(train, Small, Tables.Columns(12));
        using var other = FrameDetector.Train(train, Small with { Seed = 2 }, Tables.Columns(12));
        Assert.NotEqual(first.Score(features), other.Score(features));
    }

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    public void The_score_is_the_logit_of_the_models_probability(DetectorModelKind kind)
    {
        var train = Tables.Rows(10, 10, 1.0, 3);
        using var detector = FrameDetector.Train(train, Small with { Model = kind }, Tables.Columns(12));
        float[][] features = [.. train.Select(row => row.Features)];
        var probability = detector.Probability(features);
        var scores = detector.Score(features);
        Assert.True(scores.Distinct().Count() > 50);
        // Probabilities are float32.
        for (var i = 0; i < scores.Length; i++) Assert.Equal(probability[i], 1 / (1 + Math.Exp(-scores[i])), 1e-5);
    }

    [Fact]
    public void A_forest_scores_votes_so_that_no_logit_lies_beyond_those_of_all_its_trees()
    {
        // One column tells the classes apart without a doubt: at most 40 votes and a half stand against a half.
        var rows = Tables.Rows(10, 10, 0, 3).Select(row => row with { Features = [row.Generated ? 1f : 0f] }).ToArray();
        using var detector = FrameDetector
            .Train(rows, new DetectorOptions { Model = DetectorModelKind.FastForest, Trees = 40, ColumnShare = 1, RowsPerLeaf = 1 },
            ["only/00"]);
        var scores = detector.Score([[0f], [1f]]);
        Assert.InRange(scores[0], -Math.Log(81) - 1e-4, -1);
        Assert.InRange(scores[1], 1, Math.Log(81) + 1e-4);
    }

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    [InlineData(DetectorModelKind.FastForest)]
    public void Saving_and_loading_keeps_every_score(DetectorModelKind kind)
    {
        var rows = Tables.Rows(8, 10, 1.0, 4);
        float[][] features = [.. rows.Select(row => row.Features)];
        using var detector = FrameDetector.Train(rows, Small with { Model = kind }, Tables.Columns(12));
        using var loaded = FrameDetector.FromBytes(detector.ToBytes());
        Assert.Equal(12, loaded.Columns);
        Assert.Equal(detector.Score(features), loaded.Score(features));
    }

    [Fact]
    public void A_batch_gives_the_scores_of_its_rows_one_by_one()
    {
        var rows = Tables.Rows(8, 10, 1.0, 4);
        using var detector = FrameDetector.Train(rows, Small, Tables.Columns(12));
        var batch = detector.Score([.. rows.Select(row => row.Features)]);
        for (var i = 0; i < rows.Count; i += 37) Assert.Equal(batch[i], detector.Score([rows[i].Features])[0]);
        Assert.Empty(detector.Score(Array.Empty<float[]>()));
    }

    [Fact]
    public void A_column_that_never_varies_leaves_the_scores_finite()
    {
        var rows = Tables.Rows(8, 10, 1.0, 5).Select(row => row with { Features = [.. row.Features, 7f] }).ToArray();
        using var detector = FrameDetector.Train(rows, Small with { Model = DetectorModelKind.LogisticRegression }, Tables.Columns(13));
        Assert.All(detector.Score([.. rows.Select(row => row.Features)]), score => Assert.True(float.IsFinite(score)));
    }

    [Theory]
    [InlineData(DetectorModelKind.LightGbm)]
    [InlineData(DetectorModelKind.LogisticRegression)]
    public void Classes_that_do_not_differ_give_one_score_to_everything(DetectorModelKind kind)
    {
        // Every real row has a generated twin, as the metadata of paired frames do.
        var real = Tables.Rows(8, 10, 0, 6).Where(row => !row.Generated).ToArray();
        LabelledFeatures[] rows = [.. real, .. real.Select(row => row with { Key = row.Key + "g", Origin = Origins.Of(true) })];
        using var detector = FrameDetector.Train(rows, Small with { Model = kind }, Tables.Columns(12));
        using var loaded = FrameDetector.FromBytes(detector.ToBytes());
        // In logits; real scores differ by whole units.
        Assert.All(loaded.Score([.. rows.Select(row => row.Features)]), score => Assert.Equal(0, score, 1e-4));
    }

    [Fact]
    public void Generators_weigh_the_same_or_the_worse_ones_more_and_real_rows_as_ever()
    {
        // One generator of one person that is hard, and one of three people that is easy: by people it has a quarter.
        var rows = Tables.Rows(4, 6, 0, 6).Select(row => !row.Generated ? row
            : row.Identity == "p0" ? row with { Origin = FrameOrigin.MadeBy("hard") }
            : row with { Origin = FrameOrigin.MadeBy("easy"), Features = [.. row.Features.Select(value => value + 3)] }).ToArray();
        double Share(float[] weights) => rows.Zip(weights).Where(pair => pair.First.Origin.Generator == "hard").Sum(pair => pair.Second)
            / rows.Zip(weights).Where(pair => pair.First.Generated).Sum(pair => (double)pair.Second);
        Assert.Equal(0.25, Share(ExampleWeights.Of(rows)), 1e-5);
        var even = ExampleWeights.Of(rows, Weighting.Generators);
        Assert.Equal(0.5, Share(even), 1e-5);
        var options = Small with { Model = DetectorModelKind.LogisticRegression };
        var worst = ExampleWeights.Of(rows, Weighting.WorstGenerator, weights =>
            RidgeDiscriminant.Fit(rows, 1).Score([.. rows.Select(row => row.Features)]).Select(score => (float)score).ToArray());
        Assert.True(Share(worst) > 0.6, $"{Share(worst)}");
        foreach (var weights in new[] { even, worst })
        {
            Assert.Equal(rows.Length, weights.Sum(), 1e-3);
            Assert.Equal(rows.Zip(ExampleWeights.Of(rows)).Where(pair => !pair.First.Generated).Select(pair => pair.Second),
                rows.Zip(weights).Where(pair => !pair.First.Generated).Select(pair => pair.Second));
        }

        // The trainer hears of it, and the same rows give the same model again.
        var bytes = new[] { Weighting.People, Weighting.WorstGenerator, Weighting.WorstGenerator }.Select(rule =>
        {
            using var detector = FrameDetector.Train(rows, options with { Weighting = rule }, Tables.Columns(12));
            return Hashes.Of(detector.ToBytes());
        }).ToArray();
        Assert.NotEqual(bytes[0], bytes[1]);
        Assert.Equal(bytes[1], bytes[2]);
    }

    [Fact]
    public void Classes_people_modes_and_shot_counts_weigh_the_same()
    {
        var rows = Tables.Rows(2, 4, 0, 6);
        rows.AddRange(rows.Where(row => row.Generated && row.Identity == "p0")
            .Select(row => row with { Key = row.Key + "b", Origin = row.Origin with { Shots = 32 } }).Take(1).ToArray());
        rows.RemoveAll(row => !row.Generated && row.Identity == "p1" && row.Key.EndsWith('3'));
        var weights = ExampleWeights.Of(rows);
        double Sum(Func<LabelledFeatures, bool> which) => rows.Select((row, i) => which(row) ? weights[i] : 0).Sum();
        Assert.Equal(rows.Count, weights.Sum(), 1e-4);
        Assert.Equal(Sum(row => row.Generated), Sum(row => !row.Generated), 1e-4);
        Assert.Equal(Sum(row => !row.Generated && row.Identity == "p0"), Sum(row => !row.Generated && row.Identity == "p1"), 1e-4);
        Assert.Equal(Sum(row => row.Generated && row.Identity == "p0"), Sum(row => row.Generated && row.Identity == "p1"), 1e-4);
        Assert.Equal(Sum(row => row.Identity == "p0" && row.Origin.Shots == 8), Sum(row => row.Identity == "p0" && row.Origin.Shots == 32),
            1e-4);
    }

    [Fact]
    public void Bad_rows_are_refused_with_the_frame_and_the_column()
    {
        var rows = Tables.Rows(4, 4, 1, 7);
        var names = Tables.Columns(12);
        Assert.Contains("0 generated", Refusal([.. rows.Where(row => !row.Generated)]), StringComparison.Ordinal);
        var bad = (float[])rows[3].Features.Clone();
        bad[5] = float.NaN;
        Assert.Contains("noise/05", Refusal([rows[3] with { Features = bad }, .. rows]), StringComparison.Ordinal);
        Assert.Contains("has 3 features", Refusal([rows[3] with { Features = [1, 2, 3] }, .. rows]), StringComparison.Ordinal);
        Assert.Contains("weight 0", Refusal([rows[3] with { Weight = 0 }, .. rows]), StringComparison.Ordinal);
        Assert.Contains("Option trees 0 is outside 1 … 10000",
            Assert.Throws<UserErrorException>(() => FrameDetector.Train(rows, new DetectorOptions { Trees = 0 }, names)).Message,
            StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => FrameDetector.FromBytes([1, 2, 3]));

        string Refusal(List<LabelledFeatures> table) =>
            Assert.Throws<UserErrorException>(() => FrameDetector.Train(table, Small, names)).Message;
    }

    [Fact]
    public void Shuffling_the_family_that_carries_the_signal_costs_the_auc_and_another_does_not()
    {
        using var detector = FrameDetector.Train(Tables.Rows(20, 10, 1.2, 8), Small, Tables.Columns(12));
        var rows = Tables.Rows(20, 10, 1.2, 9, prefix: "q");
        var importance =
            FamilyImportance.Measure(detector, rows, Tables.Columns(12), 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["signal", "noise"], importance.Select(item => item.Family));
        Assert.Equal([4, 8], importance.Select(item => item.Columns));
        Assert.True(importance[0].AucDrop > 0.25, $"{importance[0]}");
        Assert.InRange(importance[1].AucDrop, -0.03, 0.05);
        Assert.Equal(importance,
            FamilyImportance.Measure(detector, rows, Tables.Columns(12), 1, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_video_scores_the_mean_logit_of_its_frames_and_keeps_the_spread()
    {
        FrameScore Frame(string video, bool generated, double score) => new($"{video}{score}", "a", video, Origins.Of(generated), score);
        var videos = VideoScore.Aggregate([Frame("v", false, 1), Frame("w", true, 5), Frame("v", false, 3)]);
        Assert.Equal(2, videos.Count);
        Assert.Equal(new VideoScore("a", "v", Origins.Of(false), 2, 1, 2), videos[0]);
        Assert.Equal(new VideoScore("a", "w", Origins.Of(true), 5, 0, 1), videos[1]);
    }

    [Fact]
    public void Draws_and_budgets_are_videos_of_their_own()
    {
        FrameScore Frame(int draw, Arm arm, double score) => new($"{draw}{arm}{score}", "a", "v", Origins.Of("ft", 8, arm, draw), score);
        var videos = VideoScore
            .Aggregate([Frame(0, Arm.Updates, 1), Frame(1, Arm.Updates, 10), Frame(0, Arm.Epochs, 100), Frame(0, Arm.Updates, 3),
            Frame(1, Arm.Updates, 30)]);
        Assert.Equal([(0, Arm.Updates, 2.0), (1, Arm.Updates, 20.0), (0, Arm.Epochs, 100.0)],
            videos.Select(video => (video.Origin.Draw!.Value, video.Origin.Arm!.Value, video.Score)));
    }
}
