using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces;

/// <summary>The landmark regressor with its weights.</summary>
public sealed class LandmarkFinder : ILandmarkFinder
{
    /// <summary>Name of the shipped weights.</summary>
    public const string Shipped = "landmarks-64";

    /// <summary>A frame with less confidence than this counts as one without a face.</summary>
    public const double LeastConfidence = 0.5;

    private static readonly FaceNetworkFile File = new("landmarks", "landmark finder", "landmarks");
    private const int FindBatch = 32;

    private static readonly int[] Sizes = [64, 128];

    /// <summary>Fresh weights.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="size">Side in pixels of what it sees: 64 or 128.</param>
    /// <exception cref="UserErrorException">Another size.</exception>
    public LandmarkFinder(long seed, int size = 64)
    {
        if (!Sizes.Contains(size)) throw new UserErrorException(
            $"There are no landmarks for frames of {size} px; there are {string.Join(", ", Sizes.Select(NameOf))}.", exitCode: 2);
        Size = size;
        Network = new LandmarkNetwork(size);
        Parameters = new NetworkParameters(Network.Layout, seed, Name);
    }

    /// <inheritdoc/>
    public string Name => NameOf(Size);

    /// <summary>Side in pixels of what it sees; larger crops are reduced by the area filter.</summary>
    public int Size { get; }

    /// <summary>Number of learnable values.</summary>
    public long ParameterCount => Network.Layout.ParameterCount;

    /// <summary>What the file's metadata said.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the file these weights came from; empty for fresh ones.</summary>
    public string Sha256 { get; private init; } = "";

    internal LandmarkNetwork Network { get; }

    internal NetworkParameters Parameters { get; }

    /// <summary>In which numbers it computes.</summary>
    internal Compute Compute { get; private set; } = Compute.Cpu;

    /// <summary>Moves it to the device of a choice, where it then computes, in the choice's numbers.</summary>
    public void To(Compute compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        Parameters.To(compute.Device);
        Compute = compute;
    }

    /// <inheritdoc/>
    /// <param name="crops">Crops of <see cref="Size"/> pixels; larger ones are reduced by the area filter.</param>
    /// <exception cref="UserErrorException">A crop is not square or too small.</exception>
    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Parameters.Bind(learn: false, advance: false);
        var result = new List<FaceLandmarks?>(crops.Count);
        foreach (var chunk in crops.Chunk(FindBatch))
        {
            using var inner = NewDisposeScope();
            foreach (var frame in chunk) FrameSize.Check(frame, Name, Size);
            using var fast = Compute.Forwards();
            var (points, scores) = Network.Forward(FrameTensor.From(
                Array.ConvertAll(chunk, frame => ImageResize.Area(frame, Size, Size)),
                Parameters.Device), bound);
            var coordinates = points.to_type(ScalarType.Float32).ToHost<float>().Chunk(2 * Landmarks68.Count).ToArray();
            var confidences = sigmoid(scores.to_type(ScalarType.Float32)).ToHost<float>();
            for (var i = 0; i < chunk.Length; i++)
            {
                result.Add(confidences[i] < LeastConfidence ? null
                    : new FaceLandmarks(new Landmarks68(coordinates[i]).Resize(Size, chunk[i].Width), confidences[i]));
            }
        }

        return result;
    }

    /// <summary>Writes the weights.</summary>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half = false) =>
        File.Write(path, Name, Parameters, metadata, half);

    /// <summary>Reads weights.</summary>
    /// <exception cref="UserErrorException">Missing, damaged or of another kind.</exception>
    public static LandmarkFinder Load(string path)
    {
        var content = File.Read(path);
        var name = content.Metadata.GetValueOrDefault("network", "none");
        var size = Sizes.FirstOrDefault(size => NameOf(size) == name);
        if (size == 0) throw new UserErrorException(
            $"{path} is for the network '{name}'; known are {string.Join(", ", Sizes.Select(NameOf))}. Use weights of this version.");
        return File.Fill(new LandmarkFinder(seed: 0, size) { Metadata = content.Metadata, Sha256 = Hashes.OfFile(path) }, result =>
            result.Parameters, content, path);
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private static string NameOf(int size) => FormattableString.Invariant($"landmarks-{size}");
}
