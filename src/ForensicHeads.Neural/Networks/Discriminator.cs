using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>D(x, y, i; θ, W, w0, b): realism of a frame for its landmarks and its video, r = V(x, y)ᵀ(W_i + w0) + b (section 3.1, eq.
/// 4).</summary>
public sealed class Discriminator
{
    private readonly DownStack body;
    private readonly ResidualBlock last;
    private readonly Linear projection;

    /// <summary>Lays the network out for a preset; W is kept apart, one row a training video.</summary>
    public Discriminator(NetworkPreset preset)
    {
        body = new DownStack(Layout, preset, inputs: 6, preset.DiscriminatorBlocks - 1, norm: null);
        last = new ResidualBlock(Layout, "last", body.OutputChannels, preset.Embedding, Resample.None, norm: null);
        projection = new Linear(Layout, "w0", preset.Embedding, 1);
    }

    /// <summary>The parameter table of θ, w0 and b.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>Frames and landmark images float32[M, 6, S, S] to V float32[M, N] and the outputs of all blocks, for feature
    /// matching.</summary>
    public DiscriminatorFeatures Features(Tensor framesAndLandmarks, BoundParameters parameters)
    {
        var blocks = body.Forward(framesAndLandmarks, parameters);
        var final = last.Forward(blocks[^1], parameters);
        return new DiscriminatorFeatures([.. blocks, final], nn.functional.relu(final).sum([2L, 3L]));
    }

    /// <summary>Scores float32[M] from V and W rows: Vᵀ(W_i + w0) + b. No squashing: the loss is the hinge.</summary>
    public Tensor Score(Tensor vectors, Tensor videoVectors, BoundParameters parameters) =>
        (vectors * videoVectors.Plus(projection.Weight(parameters))).sum(1).Plus(projection.Bias(parameters));

    /// <summary>The score of a fine-tuned head, whose w' stands for W_i + w0 and is free of spectral norm.</summary>
    public Tensor ScoreOwn(Tensor vectors, Tensor ownVector, BoundParameters parameters) =>
        (vectors * ownVector).sum(1).Plus(projection.Bias(parameters));

    /// <summary>w0, normalised, float32[N].</summary>
    public Tensor GeneralVector(BoundParameters parameters) => projection.Weight(parameters).view(-1);
}

/// <summary>What the discriminator computes of a batch.</summary>
/// <param name="Blocks">The output of every block.</param>
/// <param name="Vectors">V, float32[M, N].</param>
public sealed record DiscriminatorFeatures(IReadOnlyList<Tensor> Blocks, Tensor Vectors);
