using TorchSharp;

namespace ForensicHeads.Generator.Tests.Training;

public sealed class MetaLearnerTests : IDisposable
{
    private readonly GeneratorWeights weights = new(TinyScene.Preset, 1);
    private readonly FaceVideos data = TinyScene.Data(2, 6);

    public void Dispose() => weights.Dispose();

    [Fact]
    public void The_discriminators_update_leaves_the_generators_side_without_gradient()
    {
        // Trap 3. With all weights of their own losses zero, anything that moves E, G or P came through D's loss.
        var before = weights.Networks.ToDictionary(item => item.Name, item => item.Parameters.Values.ToArray());
        Learn(TinyScene.Options with { ContentWeight = 0, AdversarialWeight = 0, FeatureMatchingWeight = 0, MatchingWeight = 0 }, 2);
        foreach (var (name, parameters) in weights.Networks)
        {
            if (name == "discriminator") Assert.NotEqual(before[name], parameters.Values.ToArray());
            else Assert.Equal(before[name], parameters.Values.ToArray());
        }
    }

    [Fact]
    public void The_generators_update_leaves_the_discriminator_without_gradient()
    {
        // D's own update clears its gradient; what is there after the step came through the generator's loss.
        Learn(TinyScene.Options, 1);
        Assert.All(weights.Discriminator.Values.grad!.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Without_discriminator_updates_D_stays_as_it_was()
    {
        var (values, u) = (weights.Discriminator.Values.ToArray(), weights.Discriminator.Spectral.ToArray());
        Learn(TinyScene.Options with { DiscriminatorUpdates = 0 }, 2);
        Assert.Equal(values, weights.Discriminator.Values.ToArray());
        Assert.Equal(u, weights.Discriminator.Spectral.ToArray());
    }

    [Fact]
    public void Until_the_adversarial_start_only_content_is_learnt()
    {
        var losses = Learn(TinyScene.Options with { AdversarialFrom = 1 }, 2);
        Assert.Null(losses[0].Discriminator);
        Assert.NotEqual(0, Assert.NotNull(losses[1].Discriminator));
    }

    [Fact]
    public void The_spectral_norms_u_advances_once_an_update()
    {
        // Trap 9: between two forwards of one step u must stay. G runs once a step; D at its update and twice more for G's loss.
        var expected = weights.Networks.ToDictionary(item => item.Name, item =>
        {
            using var advanced = item.Parameters.Clone();
            using var scope = torch.NewDisposeScope();
            advanced.Bind(learn: false, advance: true);
            return advanced.Spectral.ToArray();
        });
        Learn(TinyScene.Options, 1);
        foreach (var (name, parameters) in weights.Networks) Assert.Equal(expected[name], parameters.Spectral.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_embedding_match_moves_W_only_where_asked(bool teaches)
    {
        // The hinge loss counts one step of each row; the match, where it teaches W, a second.
        using var learner = new MetaLearner(weights, data.Videos, TinyScene.Options with { MatchingTeachesVideos = teaches });
        var sampler = new EpisodeSampler(data, 2, 2, 1);
        using var batch = EpisodeFrames.Read(data, sampler.Draw(0)).ToBatch(torch.CPU);
        learner.Learn(batch);
        var steps = learner.State.Tensors.Single(item => item.Name == "adam.videos.steps").Tensor.ToArray();
        Assert.All(steps, count => Assert.Equal(teaches ? 2 : 1, count));
    }

    [Fact]
    public void A_batch_of_one_episode_has_no_spread() => Assert.Null(Learn(TinyScene.Options with { Batch = 1 }, 1)[0].EmbeddingSpread);

    [Fact]
    public void Training_lowers_the_content_loss_and_makes_the_output_depend_on_the_person()
    {
        // Two flat-coloured people: the colour is in nothing but ê.
        var losses = Learn(TinyScene.Options with { Steps = 120, DiscriminatorUpdates = 0, DecayShare = 0 }, 120);
        Assert.True(losses.TakeLast(10).Average(loss => loss.Content) < 0.5 * losses.Take(10).Average(loss => loss.Content));

        // Trap 6: an embedder that does nothing.
        var generator = new FewShotGenerator(weights, new AdaptOptions { Mode = Mode.Ff });
        using var red = generator.Adapt(TinyScene.Shots(0, 4), null, CancellationToken.None);
        using var blue = generator.Adapt(TinyScene.Shots(1, 4), null, CancellationToken.None);
        var driver = TinyScene.Face(5);
        var (asRed, asBlue) = (red.Render([driver])[0], blue.Render([driver])[0]);
        // Grey levels; the two people themselves are about 90 apart.
        Assert.True(TinyScene.Difference(asRed, asBlue) > 30);
        Assert.True(TinyScene.Difference(asRed, TinyScene.Picture(0, 5)) < TinyScene.Difference(asRed, TinyScene.Picture(1, 5)));
        Assert.True(TinyScene.Difference(asBlue, TinyScene.Picture(1, 5)) < TinyScene.Difference(asBlue, TinyScene.Picture(0, 5)));
    }

    private List<StepLosses> Learn(TrainOptions options, int steps)
    {
        using var learner = new MetaLearner(weights, data.Videos, options);
        var sampler = new EpisodeSampler(data, options.Batch, options.Shots, options.Seed);
        var losses = new List<StepLosses>();
        for (var step = 0; step < steps; step++)
        {
            using var batch = EpisodeFrames.Read(data, sampler.Draw(step)).ToBatch(torch.CPU);
            losses.Add(learner.Learn(batch));
        }

        Assert.Equal(steps, learner.Step);
        return losses;
    }
}
