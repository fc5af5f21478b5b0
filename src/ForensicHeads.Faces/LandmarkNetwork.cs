using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces;

/// <summary>
/// A small hourglass (Newell et al. 2016): down to 4×4 and back to half the frame's side with added skips, then one heat map a point
/// whose expected position is the answer (Nibali et al. 2018, DSNT: softmax over the cells, mean of their centres); the coarsest map says
/// whether there is a face. Each map errs for itself, while faces are of few shapes: a linear layer over all points takes off what it was
/// fitted to find wrong with them.
/// </summary>
internal sealed class LandmarkNetwork
{
    // Pixels of the frame a cell of the heat maps.
    private const int Cell = 2;
    private const int MostCells = 64;

    // Of the cells, in pixels of the frame.
    private static readonly DeviceConstants Centres = new(device =>
        [Enumerable.Range(0, MostCells).Select(i => (float)((i * Cell) + ((Cell - 1) / 2.0))).ToArray().ToTensor(device)]);
    private readonly int size;
    private readonly int grid;
    private readonly Layer stem;
    private readonly (Layer First, Layer Second)[] down;
    private readonly Layer[] up;
    private readonly Convolution[] narrow;
    private readonly Convolution heat;
    private readonly Linear face;
    private readonly int shapeWeight;
    private readonly int shapeBias;

    /// <param name="size">Side of the frames in pixels: 64 or 128.</param>
    public LandmarkNetwork(int size)
    {
        (this.size, grid) = (size, size / Cell);
        int[] widths = size == 64 ? [24, 40, 64, 80] : [16, 24, 40, 64, 80];
        stem = new Layer(Layout, "stem", 3, widths[0], 5, 2);
        down = [.. Enumerable.Range(0, widths.Length)
            .Select(i =>
                (new Layer(Layout, $"down{i}.conv1", widths[Math.Max(0, i - 1)], widths[i], 3, i == 0 ? 1 : 2),
            new Layer(Layout, $"down{i}.conv2", widths[i], widths[i], 3, 1)))];
        narrow = [.. Enumerable.Range(0, widths.Length - 1)
            .Select(i => new Convolution(Layout, $"up{i}.narrow", widths[i + 1], widths[i], 1, hasBias: false, spectralNorm: false))];
        up = [.. Enumerable.Range(0, widths.Length - 1).Select(i => new Layer(Layout, $"up{i}.conv", widths[i], widths[i], 3, 1))];
        heat = new Convolution(Layout, "heat", widths[0], Landmarks68.Count, 1, hasBias: true, spectralNorm: false);
        face = new Linear(Layout, "face", 2 * widths[^1], 1, spectralNorm: false);
        shapeWeight = Layout.Add("shape.weight", Initial.Zeros, spectralNorm: false, 2 * Landmarks68.Count, 2 * Landmarks68.Count);
        shapeBias = Layout.Add("shape.bias", Initial.Zeros, spectralNorm: false, 2 * Landmarks68.Count);
    }

    public ParameterLayout Layout { get; } = new();

    /// <summary>float32[N, 3, size, size] in −1…1 to points float32[N, 68, 2] in pixels and scores float32[N] before the sigmoid.</summary>
    public (Tensor Points, Tensor Scores) Forward(Tensor frames, BoundParameters parameters)
    {
        var (points, scores) = Locate(frames, parameters);
        var wrong = nn.functional.linear(Shape(points), parameters[shapeWeight], parameters[shapeBias]);
        return (points.Plus(wrong.view(-1, Landmarks68.Count, 2)), scores);
    }

    /// <summary>What the shape layer sees of float32[N, 68, 2]: the points from their own middle in half frames, float32[N, 136].</summary>
    public Tensor Shape(Tensor points) => (points - points.mean([1L], keepdim: true)).DividedBy(size / 2.0).flatten(1);

    /// <summary>As <see cref="Forward"/>, the points as the maps have them: what is learnt by descent.</summary>
    public (Tensor Points, Tensor Scores) Locate(Tensor frames, BoundParameters parameters)
    {
        var x = stem.Forward(frames, parameters);
        var maps = new Tensor[down.Length];
        for (var i = 0; i < down.Length; i++) maps[i] = x = down[i].Second.Forward(down[i].First.Forward(x, parameters), parameters);
        var scores = face.Forward(cat([x.mean([2L, 3L]), x.amax([2L, 3L])], 1), parameters).squeeze(1);
        for (var i = up.Length - 1; i >= 0; i--)
        {
            x = nn.functional.interpolate(narrow[i].Forward(x, parameters), scale_factor: [2, 2], mode: InterpolationMode.Nearest);
            x = up[i].Forward(x.Plus(maps[i]), parameters);
        }

        var shares = nn.functional.softmax(heat.Forward(x, parameters).flatten(2), dim: 2).view(-1, Landmarks68.Count, grid, grid);
        var centres = Centres.On(x.device)[0].narrow(0, 0, grid);
        return (stack([(shares.sum(2) * centres).sum(2), (shares.sum(3) * centres).sum(2)], 2), scores);
    }

    /// <summary>Sets the shape layer: float32[136, 136] and float32[136].</summary>
    public void SetShape(NetworkParameters parameters, Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (index, values) in new[] { (shapeWeight, weight), (shapeBias, bias) })
        {
            var entry = Layout.Entries[index];
            parameters.Values.narrow(0, entry.Offset, entry.Length).copy_(values.flatten());
        }
    }

    private sealed class Layer
    {
        private readonly Convolution convolution;
        private readonly GroupNorm norm;

        public Layer(ParameterLayout layout, string name, int inputs, int outputs, int kernel, int stride)
        {
            convolution = new Convolution(layout, name, inputs, outputs, kernel, hasBias: false, spectralNorm: false, stride);
            norm = new GroupNorm(layout, $"{name}.norm", outputs);
        }

        public Tensor Forward(Tensor x, BoundParameters parameters) =>
            nn.functional.relu(norm.Forward(convolution.Forward(x, parameters), parameters));
    }
}
