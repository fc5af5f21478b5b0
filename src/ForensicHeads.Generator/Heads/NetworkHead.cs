using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Heads;

/// <summary>A head of the few-shot generator: G's weights (own or shared) and the person's adaptive coefficients.</summary>
public sealed class NetworkHead : ITalkingHead
{
    private readonly int renderBatch;
    private readonly bool ownsGenerator;

    internal NetworkHead(Architecture architecture, int size, NetworkParameters generator, bool ownsGenerator, Tensor adaptive,
        int renderBatch = RenderOptions.UsualBatch)
    {
        Architecture = architecture;
        Size = size;
        Generator = generator;
        this.ownsGenerator = ownsGenerator;
        this.renderBatch = renderBatch;
        Adaptive = adaptive.detach().DetachFromDisposeScope();
    }

    /// <summary>Side of a frame in pixels.</summary>
    public int Size { get; }

    /// <summary>The step that was kept by a held-out shot; null where none was held out.</summary>
    public KeptStep? Kept { get; internal init; }

    /// <summary>In which numbers it renders.</summary>
    internal Compute Compute { get; init; } = Compute.Cpu;

    internal Architecture Architecture { get; }

    internal NetworkParameters Generator { get; }

    /// <summary>ψ̂ or ψ', float32[1, n].</summary>
    internal Tensor Adaptive { get; }

    /// <inheritdoc/>
    public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers) => Render(drivers, renderBatch);

    /// <summary>The same, with so many frames in one go.</summary>
    public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers, int batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Generator.Bind(learn: false, advance: false);
        var result = new List<RgbImage>(drivers.Count);
        foreach (var chunk in drivers.Chunk(batch))
        {
            using var inner = NewDisposeScope();
            var landmarks = FrameTensor.From(Array.ConvertAll(chunk, driver => LandmarkRaster.Draw(driver, Size)), Adaptive.device);
            using var fast = Compute.Forwards();
            result.AddRange(FrameTensor.ToImages(Architecture.Generator.Forward(landmarks, Adaptive, bound)));
        }

        return [.. result];
    }

    /// <summary>The head as an ONNX file, for <see cref="OnnxHead"/> and for others.</summary>
    /// <param name="metadata">Written into the file; see <see cref="OnnxMetadata"/>.</param>
    public OnnxModel ToOnnx(IReadOnlyDictionary<string, string> metadata) =>
        HeadExport.Write(Architecture.Generator, Size, Generator, Adaptive.ToHost<float>(), metadata);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsGenerator) Generator.Dispose();
        Adaptive.Dispose();
    }
}
