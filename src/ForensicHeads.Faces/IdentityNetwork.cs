using static TorchSharp.torch;

namespace ForensicHeads.Faces;

/// <summary>The layers of a face-identity network.</summary>
internal interface IIdentityNetwork
{
    /// <summary>The parameter table.</summary>
    ParameterLayout Layout { get; }

    /// <summary>float32[N, 3, S, S] in −1…1, S the network's size, to the outputs of the blocks, finest first.</summary>
    IReadOnlyList<Tensor> Blocks(Tensor frames, BoundParameters parameters);

    /// <summary>Outputs of <see cref="Blocks"/> to unit vectors, float32[N, <see cref="FaceIdentity.VectorLength"/>].</summary>
    Tensor Vectors(IReadOnlyList<Tensor> blocks, BoundParameters parameters);
}

/// <summary>
/// Plain, after VGG (Simonyan and Zisserman 2015): stages of 3×3 convolutions, group norm and ReLU at 64, 32, 16 and 8 px with 16, 24, 48
/// and 96 channels, 2×2 mean pooling after each; the 4×4 map, flattened, goes through one linear layer.
/// </summary>
internal sealed class PlainIdentityNetwork : IIdentityNetwork
{
    private static readonly (int Channels, int Layers)[] Stages = [(16, 1), (24, 1), (48, 2), (96, 2)];
    private readonly (Convolution Convolution, GroupNorm Norm)[][] stages;
    private readonly Linear head;

    public PlainIdentityNetwork()
    {
        var inputs = 3;
        stages = new (Convolution, GroupNorm)[Stages.Length][];
        for (var s = 0; s < Stages.Length; s++)
        {
            var (channels, layers) = Stages[s];
            stages[s] = new (Convolution, GroupNorm)[layers];
            for (var l = 0; l < layers; l++)
            {
                stages[s][l] = (new Convolution(Layout, $"stage{s}.conv{l}", inputs, channels, 3, hasBias: false, spectralNorm: false),
                    new GroupNorm(Layout, $"stage{s}.norm{l}", channels));
                inputs = channels;
            }
        }

        head = new Linear(Layout, "head", inputs * 16, FaceIdentity.VectorLength, spectralNorm: false);
    }

    public ParameterLayout Layout { get; } = new();

    public IReadOnlyList<Tensor> Blocks(Tensor frames, BoundParameters parameters)
    {
        var outputs = new Tensor[stages.Length];
        var x = frames;
        for (var s = 0; s < stages.Length; s++)
        {
            if (s > 0) x = nn.functional.avg_pool2d(x, 2);
            foreach (var (convolution, norm) in stages[s]) x =
                nn.functional.relu(norm.Forward(convolution.Forward(x, parameters), parameters));
            outputs[s] = x;
        }

        return outputs;
    }

    public Tensor Vectors(IReadOnlyList<Tensor> blocks, BoundParameters parameters) =>
        nn.functional.normalize(head.Forward(nn.functional.avg_pool2d(blocks[^1], 2).flatten(1), parameters), dim: 1);
}

/// <summary>
/// Residual, after He et al. (2016): a 5×5 stem of stride 2, then blocks of stride 2 down to 4 px: from 64 px a stem of 32 channels and
/// blocks of 48, 96 and 128, from 128 px a stem of 24 and one block more. Group norm throughout; the means and the maxima of the last map
/// go through one linear layer.
/// </summary>
internal sealed class ResidualIdentityNetwork : IIdentityNetwork
{
    private readonly Convolution stem;
    private readonly GroupNorm stemNorm;
    private readonly StridedBlock[] blocks;
    private readonly Linear head;

    public ResidualIdentityNetwork(int size)
    {
        int[] widths = size == 64 ? [32, 48, 96, 128] : [24, 32, 48, 96, 128];
        stem = new Convolution(Layout, "stem", 3, widths[0], 5, hasBias: false, spectralNorm: false, stride: 2);
        stemNorm = new GroupNorm(Layout, "stem.norm", widths[0]);
        blocks = [.. Enumerable.Range(1, widths.Length - 1).Select(i => new StridedBlock(Layout, $"block{i}", widths[i - 1], widths[i]))];
        head = new Linear(Layout, "head", 2 * widths[^1], FaceIdentity.VectorLength, spectralNorm: false);
    }

    public ParameterLayout Layout { get; } = new();

    public IReadOnlyList<Tensor> Blocks(Tensor frames, BoundParameters parameters)
    {
        var outputs = new List<Tensor> { nn.functional.relu(stemNorm.Forward(stem.Forward(frames, parameters), parameters)) };
        foreach (var block in blocks) outputs.Add(block.Forward(outputs[^1], parameters));
        return outputs;
    }

    public Tensor Vectors(IReadOnlyList<Tensor> outputs, BoundParameters parameters)
    {
        var last = outputs[^1];
        return nn.functional.normalize(head.Forward(cat([last.mean([2L, 3L]), last.amax([2L, 3L])], 1), parameters), dim: 1);
    }

    private sealed class StridedBlock
    {
        private readonly Convolution first;
        private readonly Convolution second;
        private readonly Convolution skip;
        private readonly GroupNorm firstNorm;
        private readonly GroupNorm secondNorm;

        public StridedBlock(ParameterLayout layout, string name, int inputs, int outputs)
        {
            first = new Convolution(layout, $"{name}.conv1", inputs, outputs, 3, hasBias: false, spectralNorm: false, stride: 2);
            firstNorm = new GroupNorm(layout, $"{name}.norm1", outputs);
            second = new Convolution(layout, $"{name}.conv2", outputs, outputs, 3, hasBias: false, spectralNorm: false);
            secondNorm = new GroupNorm(layout, $"{name}.norm2", outputs);
            skip = new Convolution(layout, $"{name}.skip", inputs, outputs, 1, hasBias: true, spectralNorm: false);
        }

        public Tensor Forward(Tensor x, BoundParameters parameters)
        {
            var main = nn.functional.relu(firstNorm.Forward(first.Forward(x, parameters), parameters));
            main = secondNorm.Forward(second.Forward(main, parameters), parameters);
            return nn.functional.relu(main.Plus(skip.Forward(nn.functional.avg_pool2d(x, 2), parameters)));
        }
    }
}
