using TorchSharp;

namespace ForensicHeads.Generator.Tests.Heads;

public sealed class FewShotGeneratorTests : IDisposable
{
    private static readonly AdaptOptions Options = new() { Updates = 40, Batch = 4, GeneratorRate = 2e-3, AverageDecay = 0.8 };
    private readonly GeneratorWeights weights = new(TinyScene.Preset, 1);

    public void Dispose() => weights.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Fine_tuning_comes_nearer_to_the_shots_and_leaves_the_weights_alone(int count)
    {
        var before = Values();
        var shots = TinyScene.Shots(0, count);
        using var ff = new FewShotGenerator(weights, Options with { Mode = Mode.Ff }).Adapt(shots, null, CancellationToken.None);
        using var ft = new FewShotGenerator(weights, Options).Adapt(shots, null, CancellationToken.None);
        Assert.True(Distance(ft, shots) < 0.7 * Distance(ff, shots));
        Assert.Equal(before, Values());
    }

    [Fact]
    public void Every_step_is_reported_and_a_cancellation_stops_between_steps()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<long>();
        var progress = new Recorder(value =>
        {
            seen.Add(value.Done);
            if (value.Done == 3) source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new FewShotGenerator(weights, Options).Adapt(TinyScene.Shots(0, 2), progress, source.Token));
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void The_same_seed_gives_the_same_head()
    {
        using var a = new FewShotGenerator(weights, Options with { Updates = 5 })
            .Adapt(TinyScene.Shots(0, 4), null, CancellationToken.None);
        using var b = new FewShotGenerator(weights, Options with { Updates = 5 })
            .Adapt(TinyScene.Shots(0, 4), null, CancellationToken.None);
        Assert.Equal(a.Render([TinyScene.Face(2)])[0].Pixels, b.Render([TinyScene.Face(2)])[0].Pixels);
    }

    [Theory]
    [InlineData(0.0, 5)]
    [InlineData(0.5, 7)]
    public void Heads_of_several_budgets_are_those_of_each_alone_and_share_a_training_where_the_rates_stay(double decay, int updates)
    {
        var shots = TinyScene.Shots(0, 4);
        var steady = Options with { DecayShare = decay };
        var seen = 0;
        var heads = new FewShotGenerator(weights, steady).FineTuneTo(shots, [2, 5], new Recorder(_ => seen++), CancellationToken.None);
        Assert.Equal(updates, seen);
        foreach (var (head, count) in heads.Zip([2, 5]))
        {
            using var together = head;
            using var alone = new FewShotGenerator(weights, steady with { Updates = count }).Adapt(shots, null, CancellationToken.None);
            Assert.Equal(alone.Render([TinyScene.Face(2)])[0].Pixels, together.Render([TinyScene.Face(2)])[0].Pixels);
        }
    }

    [Fact]
    public void The_persons_vector_is_the_mean_of_the_shots_vectors()
    {
        using var scope = torch.NewDisposeScope();
        var generator = new FewShotGenerator(weights, Options);
        var shots = TinyScene.Shots(0, 40);
        var all = generator.Embed(shots).ToArray();
        var each = shots.Select(shot => generator.Embed([shot]).ToArray()).ToArray();
        // Float32 means in another order, relative to values of that size.
        for (var i = 0; i < all.Length; i++) Assert.Equal(
            each.Average(vector => vector[i]), all[i], 1e-4f * each.Max(vector => Math.Abs(vector[i])) + 1e-5f);
    }

    [Fact]
    public void The_fine_tuned_vector_starts_at_w0_plus_the_embedding_and_is_free_in_length()
    {
        // Trap 7: spectral norm over w' would force it to length one.
        using var scope = torch.NewDisposeScope();
        var embedding = new FewShotGenerator(weights, Options).Embed(TinyScene.Shots(0, 2));
        using var learner = new FineTuner(weights, embedding, Options with { DiscriminatorRate = 0.05 });
        var w0 = weights.Architecture.Discriminator.GeneralVector(weights.Discriminator.Bind(learn: false, advance: false));
        Assert.Equal((w0 + embedding.view(-1)).ToArray(), learner.OwnVector.ToArray());
        var start = learner.OwnVector.norm().item<float>();
        var (frames, landmarks) =
            (FrameTensor.From([TinyScene.Picture(0, 0)], torch.CPU),
            FrameTensor.From([LandmarkRaster.Draw(TinyScene.Face(0), TinyScene.Size)], torch.CPU));
        for (var step = 0; step < 5; step++) learner.Learn(frames, landmarks, 1);
        var end = learner.OwnVector.norm().item<float>();
        // Five Adam steps of 0.05 on 16 elements move far more than rounding.
        Assert.NotInRange(end, start - 1e-3, start + 1e-3);
        Assert.NotInRange(end, 1 - 1e-3, 1 + 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void D_is_updated_as_often_as_asked_for_in_a_step(int updates)
    {
        using var scope = torch.NewDisposeScope();
        var embedding = new FewShotGenerator(weights, Options).Embed(TinyScene.Shots(0, 2));
        using var learner = new FineTuner(weights, embedding, Options with { DiscriminatorRate = 1e-5, DiscriminatorUpdates = updates });
        var before = learner.OwnVector.detach().clone();
        learner.Learn(FrameTensor.From([TinyScene.Picture(0, 0)], torch.CPU),
            FrameTensor.From([LandmarkRaster.Draw(TinyScene.Face(0), TinyScene.Size)], torch.CPU), 1);

        // An update without momentum moves the entry of the steadiest gradient by the rate; values near 1 are rounded to 1e-7.
        Assert.Equal(updates * 1e-5, (learner.OwnVector - before).abs().max().item<float>(), 1e-6);
    }

    [Fact]
    public void The_fine_tuned_coefficients_start_at_P_of_the_embedding_and_so_does_the_head()
    {
        using var scope = torch.NewDisposeScope();
        var generator = new FewShotGenerator(weights, Options);
        var embedding = generator.Embed(TinyScene.Shots(0, 2));
        using var learner = new FineTuner(weights, embedding, Options);
        var projected = weights.Architecture.Projection.Forward(embedding, weights.Projection.Bind(learn: false, advance: false));
        Assert.Equal(projected.ToArray(), learner.Adaptive.ToArray());
        using var feedForward = generator.FromEmbedding(embedding);
        using var unlearnt = learner.Finish();
        Assert.Equal(feedForward.Render([TinyScene.Face(1)])[0].Pixels, unlearnt.Render([TinyScene.Face(1)])[0].Pixels);
    }

    [Fact]
    public void A_head_that_learning_destroys_is_kept_at_an_early_step()
    {
        // Trap 8. What the head shows before learning is taken for the truth, so that at such a rate every step makes it worse.
        var options = Options with { GeneratorRate = 0.9, AverageDecay = 0, DecayShare = 0, Updates = 20 };
        using var first = new FewShotGenerator(weights, Options with { Mode = Mode.Ff })
            .Adapt(TinyScene.Shots(0, 4), null, CancellationToken.None);
        Shot[] shots = [.. TinyScene.Shots(0, 4).Select(shot => shot with { Image = first.Render([shot.Landmarks])[0] })];
        using var before = new FewShotGenerator(weights, Options with { Mode = Mode.Ff }).Adapt(shots, null, CancellationToken.None);
        using var kept = (NetworkHead)new FewShotGenerator(weights, options with { KeepBest = true })
            .Adapt(shots, null, CancellationToken.None);
        using var last = (NetworkHead)new FewShotGenerator(weights, options).Adapt(shots, null, CancellationToken.None);
        Assert.True(Distance(last, shots) > 2 * Distance(before, shots), "the rate was meant to destroy the head");
        Assert.True(Distance(kept, shots) <= 1.05 * Distance(before, shots));
        Assert.InRange(kept.Kept!.Step, 0, 5);
        Assert.True(kept.Kept.LastLoss is null || kept.Kept.HeldOutLoss < kept.Kept.LastLoss);
        Assert.Equal(20, kept.Kept.Steps);
        Assert.Null(last.Kept);
    }

    [Fact]
    public void Learning_that_helps_a_shot_it_does_not_see_is_kept_late()
    {
        using var kept = (NetworkHead)new FewShotGenerator(weights, Options with { KeepBest = true })
            .Adapt(TinyScene.Shots(0, 6), null, CancellationToken.None);
        Assert.InRange(kept.Kept!.Step, 20, 40);
        Assert.InRange(kept.Kept.HeldOutShot, 0, 5);
    }

    [Fact]
    public void One_shot_cannot_be_held_out()
    {
        using var head = (NetworkHead)new FewShotGenerator(weights, Options with { KeepBest = true, Updates = 2 })
            .Adapt(TinyScene.Shots(0, 1), null, CancellationToken.None);
        Assert.Null(head.Kept);
    }

    [Fact]
    public void No_shots_or_shots_of_another_size_are_refused()
    {
        var generator = new FewShotGenerator(weights, Options);
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => generator.Adapt([], null, CancellationToken.None)).ExitCode);
        var error = Assert.Throws<UserErrorException>(() =>
            generator.Adapt([new Shot(new RgbImage(64, 64), TinyScene.Face(0))], null, CancellationToken.None));
        Assert.Contains("64×64", error.Message, StringComparison.Ordinal);
    }

    private float[][] Values() =>
        [.. weights.Networks.SelectMany(item => new[] { item.Parameters.Values.ToArray(), item.Parameters.Spectral.ToArray() })];

    private static double Distance(ITalkingHead head, Shot[] shots) =>
        head.Render([.. shots.Select(shot => shot.Landmarks)]).Zip(shots)
            .Average(pair => TinyScene.Difference(pair.First, pair.Second.Image));

    private sealed class Recorder(Action<StepProgress> report) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => report(value);
    }
}
