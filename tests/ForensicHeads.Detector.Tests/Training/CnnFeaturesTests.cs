using ForensicHeads.Testing;
using ForensicHeads.Detector.Tests.Networks;

namespace ForensicHeads.Detector.Tests.Training;

public class CnnFeaturesTests
{
    [Fact]
    public void Labels_that_mean_nothing_are_learnt_by_heart_but_out_of_fold_nothing_is_left_of_them()
    {
        // One picture a person, labels by lot: there is nothing to know about a person who was not seen.
        var frames = Textures.People(0, 40, 16, frames: 1, strength: 0)
            .Where(frame => frame.Key.EndsWith("False", StringComparison.Ordinal)).ToArray();
        var lots = new SeededRandom(5, "lots").Permutation(frames.Length);
        for (var i = 0; i < frames.Length; i++) frames[lots[i]] = frames[lots[i]] with { Origin = Origins.Of(i % 2 == 0) };
        var options = new NetworkTrainingOptions { Steps = 100, Pairs = 8, CropShare = 0, Flips = false };
        var result = CnnFeatures.OutOfFold(frames, [], options, folds: 3, cancellation: TestContext.Current.CancellationToken);
        var labels = Array.ConvertAll(frames, frame => frame.Generated);
        var seen =
            Auc.Of([.. new CnnEntry().Measure(result.Network, frames, TestContext.Current.CancellationToken).Select(row => row[0])],
                labels);
        Assert.True(seen > 0.95, $"the planted leak must be there to be kept out: {seen}");
        // The deviation of an AUC over 20 + 20 frames without any signal is 0.09; over three folds of 13, 0.1 or so.
        var unseen = result.FoldAucs.Average()!.Value;
        Assert.InRange(unseen, 0.15, 0.8);
        Assert.Equal(Enumerable.Range(0, 3)
            .Select(fold => ByHand([.. Enumerable.Range(0, frames.Length).Where(i => result.FoldOf[i] == fold)])), result.FoldAucs);
        Assert.Equal(frames.Length, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.Equal(ForensicCnn.VectorLength + 1, row.Length));
        Assert.All(result.Rows, row => Assert.All(row, value => Assert.True(float.IsFinite(value))));

        // Each fold's frames by its own network: the first column, which alignment leaves alone.
        double? ByHand(int[] fold) => (from fake in fold.Where(i => labels[i])
                                       from real in fold.Where(i => !labels[i])
                                       select
            result.Rows[fake][0] > result.Rows[real][0] ? 1 : result.Rows[fake][0] == result.Rows[real][0] ? 0.5 : 0).Average();
    }

    [Fact]
    public void A_row_s_logit_is_that_of_the_network_of_its_fold_and_people_stay_whole()
    {
        var frames = Textures.People(0, 7, 24);
        var result = CnnFeatures.OutOfFold(frames, [], new NetworkTrainingOptions { Steps = 4, Pairs = 2 }, folds: 3,
            cancellation: TestContext.Current.CancellationToken);
        for (var fold = 0; fold < 3; fold++)
        {
            var measured = new CnnEntry().Measure(result.Folds[fold], frames, TestContext.Current.CancellationToken);
            for (var i = 0; i < frames.Length; i++)
            {
                if (result.FoldOf[i] == fold) Assert.Equal(measured[i][0], result.Rows[i][0]);
            }
        }

        Assert.All(frames.Zip(result.FoldOf).GroupBy(pair => pair.First.Identity), person =>
            Assert.Single(person.Select(pair => pair.Second).Distinct()));
        Assert.Equal([2, 2, 3],
            frames.Zip(result.FoldOf).GroupBy(pair => pair.Second)
            .Select(fold => fold.Select(pair => pair.First.Identity).Distinct().Count()).Order());
        Assert.Contains("folds", Assert.Throws<UserErrorException>(() => CnnFeatures.Deal(frames, 8, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alignment_finds_the_turn_between_two_namings_of_the_same_directions()
    {
        var random = new SeededRandom(2, "vectors");
        float[] Row() => [1.5f, .. Enumerable.Range(0, 64).Select(_ => (float)random.Uniform(0.1, 1))];
        var from = Enumerable.Range(0, 400).Select(_ => Row()).ToArray();
        // Another order of the directions, half as long, moved.
        float[] Other(float[] row) => [-3f, .. Enumerable.Range(0, 64).Select(j => (0.5f * row[1 + ((j + 5) % 64)]) + 0.25f)];
        var alignment = new VectorAlignment(from, Array.ConvertAll(from, Other));
        var unseen = Row();
        var mapped = alignment.Apply(unseen);
        Assert.Equal(1.5f, mapped[0]);
        // The ridge pulls by about 1 %.
        for (var j = 1; j < 65; j++) Assert.Equal(Other(unseen)[j], mapped[j], 0.02);
    }

    [Fact]
    public void Pairs_show_one_person_in_both_classes_where_there_are_both_and_leave_nobody_out()
    {
        TrainingFrame Frame(string person, bool generated) =>
            new() { Key = person, Identity = person, Origin = Origins.Of(generated), Image = () => Pictures.Scene(16, 1) };
        TrainingFrame[] frames = [Frame("both", true), Frame("both", false), Frame("real", false), Frame("fake", true)];
        var draw = new PairDraw(frames);
        var pairs = Enumerable.Range(0, 200).Select(i => draw.Draw(i, new SeededRandom(i, "pair"))).ToArray();
        Assert.All(pairs, pair => Assert.True(pair.Generated.Generated && !pair.Real.Generated));
        Assert.Equal(["both", "fake"], pairs.Select(pair => pair.Generated.Identity).Distinct().Order());
        Assert.Equal(["both", "real"], pairs.Select(pair => pair.Real.Identity).Distinct().Order());
        Assert.All(pairs.Where((pair, i) => i % 2 == 0 && pair.Generated.Identity == "both"), pair =>
            Assert.Equal("both", pair.Real.Identity));
    }

    [Fact]
    public void Crops_start_at_even_pixels_and_mirrored_frames_are_mirrored()
    {
        var image = new RgbImage(32, 32);
        for (var i = 0; i < 32 * 32; i++) (image.Pixels[3 * i], image.Pixels[(3 * i) + 1]) = ((byte)(i % 32), (byte)(i / 32));
        var options = new NetworkTrainingOptions { CropShare = 0.25 };
        var starts = new HashSet<(int X, int Y, bool Mirrored)>();
        for (var seed = 0; seed < 300; seed++)
        {
            var crop = FrameAugmentation.Apply(image, new SeededRandom(seed, "crop"), options);
            Assert.Equal(24, crop.Width);
            var mirrored = crop[0, 0][0] > crop[23, 0][0];
            var left = mirrored ? crop[23, 0][0] : crop[0, 0][0];
            for (var x = 0; x < 24; x++) Assert.Equal(left + (mirrored ? 23 - x : x), crop[x, 5][0]);
            starts.Add((left, crop[0, 0][1], mirrored));
        }

        Assert.All(starts, start => Assert.True(start.X % 2 == 0 && start.Y % 2 == 0));
        Assert.Equal(5 * 5 * 2, starts.Count);
    }
}
