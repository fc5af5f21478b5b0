using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces;

/// <summary>Tells people apart: frames to vectors whose cosine says how alike two faces are.</summary>
public interface IFaceIdentity : IDisposable
{
    /// <summary>Name for reports.</summary>
    string Name { get; }

    /// <summary>Side in pixels that the network works at; what is larger is reduced by the area filter.</summary>
    int Size { get; }

    /// <summary>Length of the vectors.</summary>
    int Length { get; }

    /// <summary>SHA-256 of its weights; empty for fresh ones.</summary>
    string Sha256 { get; }

    /// <summary>One unit vector of <see cref="Length"/> values a frame.</summary>
    /// <param name="frames">Square frames with their landmarks; for a <see cref="FaceIdentity"/> of at least <see cref="Size"/>
    /// pixels.</param>
    float[][] Embed(IReadOnlyList<Shot> frames);
}

/// <summary>A small face-identity network with its weights.</summary>
public sealed class FaceIdentity : IFaceIdentity
{
    /// <summary>Length of the vectors.</summary>
    public const int VectorLength = 128;

    private static readonly FaceNetworkFile File = new("identity", "face-identity network", "identity-judge");
    private const int EmbedBatch = 64;
    private readonly IIdentityNetwork net;
    private Compute compute = Compute.Cpu;

    /// <summary>Fresh weights.</summary>
    public FaceIdentity(IdentityDesign design, long seed)
    {
        Design = design;
        net = design.Create();
        Parameters = new NetworkParameters(net.Layout, seed, design.Name);
    }

    /// <summary>Which of the networks this is.</summary>
    public IdentityDesign Design { get; }

    /// <inheritdoc/>
    public string Name => Design.Name;

    /// <inheritdoc/>
    public int Size => Design.Size;

    /// <inheritdoc/>
    public int Length => VectorLength;

    /// <summary>Number of learnable values.</summary>
    public long ParameterCount => net.Layout.ParameterCount;

    /// <summary>What the file's metadata said.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public string Sha256 { get; private init; } = "";

    /// <summary>The learnable values.</summary>
    public NetworkParameters Parameters { get; }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A frame is not square, too small, or has landmarks that span no face.</exception>
    public float[][] Embed(IReadOnlyList<Shot> frames)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Parameters.Bind(learn: false, advance: false);
        var result = new List<float[]>(frames.Count);
        foreach (var chunk in frames.Chunk(EmbedBatch))
        {
            using var inner = NewDisposeScope();
            foreach (var frame in chunk) FrameSize.Check(frame.Image, Name, Size);
            var vectors = Vectors(FrameTensor.From(Array.ConvertAll(chunk, frame => Design.View(frame)), Parameters.Device), bound);
            result.AddRange(vectors.ToHost<float>().Chunk(VectorLength));
        }

        return [.. result];
    }

    /// <summary>Moves it to the device of a choice, where it then computes, in the choice's numbers.</summary>
    public void To(Compute compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        Parameters.To(compute.Device);
        this.compute = compute;
    }

    /// <summary>float32[N, 3, S, S] as the network sees it, S its size, to unit vectors float32[N, 128].</summary>
    internal Tensor Vectors(Tensor views, BoundParameters bound)
    {
        using var fast = compute.Forwards();
        return net.Vectors(net.Blocks(views, bound), bound).to_type(ScalarType.Float32);
    }

    /// <summary>float32[N, 3, S, S] in −1…1 to the outputs of the blocks, finest first.</summary>
    public IReadOnlyList<Tensor> Features(Tensor views, BoundParameters bound)
    {
        using var fast = compute.Forwards();
        return [.. net.Blocks(views, bound).Select(block => block.to_type(ScalarType.Float32))];
    }

    /// <summary>Writes the weights.</summary>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half = false) =>
        File.Write(path, Name, Parameters, metadata, half);

    /// <summary>Reads weights.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="UserErrorException">Missing, damaged, of another kind or of another network.</exception>
    public static FaceIdentity Load(string path)
    {
        var content = File.Read(path);
        var name = content.Metadata.GetValueOrDefault("network", "none");
        var design = IdentityDesign.All.FirstOrDefault(design => design.Name == name)
            ?? throw new UserErrorException(
                $"{path} is for the network '{name}'; known are {string.Join(", ", IdentityDesign.All.Select(design => design.Name))}. Use "
            + "weights of this version.");
        return File.Fill(new FaceIdentity(design, seed: 0) { Metadata = content.Metadata, Sha256 = Hashes.OfFile(path) }, result =>
            result.Parameters, content, path);
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();
}

/// <summary>Loads face-identity networks for use.</summary>
public static class FaceIdentities
{
    /// <summary>The network of that kind, of any size, from a weights file.</summary>
    /// <param name="kind">As <see cref="IdentityDesign.Kind"/>: one must not stand in for the other.</param>
    /// <param name="path">The weights.</param>
    /// <exception cref="UserErrorException">Missing or damaged, or weights of another kind.</exception>
    public static FaceIdentity Load(string kind, string path)
    {
        var result = FaceIdentity.Load(path);
        if (result.Design.Kind == kind) return result;
        result.Dispose();
        throw new UserErrorException(
            $"{path} holds {result.Name}, but an {kind} is needed here: "
            + "what judges must never have been used in a loss. Choose other weights.");
    }
}
