using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces.Training;

/// <summary>
/// Learns the landmark finder: L1 of the points in frames with a face, cross entropy of face against no face over all; then, for a
/// sixteenth as many batches, what the points are wrong by (<see cref="LandmarkShapeFit"/>).
/// </summary>
public sealed class LandmarkTraining : IPlainNetwork
{
    private const double Rate = 2e-3;
    private const int StepsAFitBatch = 16;

    // One picture in so many shows no face.
    private const int NonFaceEvery = 4;
    private const double FaceWeight = 0.5;
    private const double MostScale = 0.15;
    private const double MostAngle = 0.2;

    // As a share of the side.
    private const double MostShift = 1.0 / 16;

    /// <summary>Fresh weights.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="size">Side in pixels of the frames: 64 or 128.</param>
    /// <exception cref="UserErrorException">Another size.</exception>
    public LandmarkTraining(long seed, int size = 64) => Finder = new LandmarkFinder(seed, size);

    /// <inheritdoc/>
    public string Name => Finder.Name;

    /// <inheritdoc/>
    public string LossName => "landmarks";

    /// <summary>The finder being learnt.</summary>
    public LandmarkFinder Finder { get; }

    /// <inheritdoc/>
    public void To(Compute compute) => Finder.To(compute);

    /// <inheritdoc/>
    public void Learn(FaceVideos data, int steps, int batch, long seed, Action<int, double>? onStep, CancellationToken cancellation)
    {
        if (data.Size != Finder.Size) throw new UserErrorException(
            $"The frames are {data.Size} px; {Name} learns from frames of {Finder.Size} px.");
        var sampler = new FaceSampler(data, Name, seed);
        TrainingLoop.Descend(
            Finder.Parameters.Values, steps, Rate, step => Loss(sampler.Draw(step, batch, Mixed)), onStep, cancellation);
        FitShape(sampler, steps, batch, cancellation);
    }

    /// <summary>NME: mean distance over the points by the outer-eye distance, over frames with a face found; how many frames failed; how
    /// many non-faces passed.</summary>
    public IReadOnlyDictionary<string, double> Measure(FaceVideos heldOut)
    {
        var (sum, frames, failures, passed) = (0.0, 0, 0, 0);
        for (var video = 0; video < heldOut.Videos; video++)
        {
            var shots = FaceSampler.Video(heldOut, video);
            var found = Finder.Find(Array.ConvertAll(shots, shot => shot.Image));
            for (var i = 0; i < shots.Length; i++)
            {
                frames++;
                if (found[i] is { } face) sum += NormalisedError(face.Points, shots[i].Landmarks);
                else failures++;
            }

            var random = new SeededRandom(1, FormattableString.Invariant($"non-faces/{video}"));
            passed += Finder.Find(Array.ConvertAll(shots, shot => NonFaces.Make(shot, random))).Count(face => face is not null);
        }

        return new Dictionary<string, double>
        {
            ["frames"] = frames,
            ["failures"] = failures,
            ["nme"] = failures < frames ? sum / (frames - failures) : double.NaN,
            ["non_faces"] = frames,
            ["non_faces_passed"] = passed,
        };
    }

    /// <inheritdoc/>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half) => Finder.Save(path, metadata, half);

    /// <inheritdoc/>
    public void Dispose() => Finder.Dispose();

    /// <summary>Mean distance between the points of two faces over the outer-eye distance of the true one.</summary>
    internal static double NormalisedError(Landmarks68 found, Landmarks68 truth) =>
        Enumerable.Range(0, Landmarks68.Count).Average(i => Landmarks68.Distance(found, i, truth, i)) / truth.OuterEyeDistance;

    // To faces that the steps did not draw.
    private void FitShape(FaceSampler sampler, int steps, int batch, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var fit = new LandmarkShapeFit();
        var bound = Finder.Parameters.Bind(learn: false, advance: false);
        for (var i = 0; i < Math.Max(1, steps / StepsAFitBatch); i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var examples = sampler.Draw(steps + i, batch, (_, _, shot, random) => Example(shot, isFace: true, random));
            var found = Finder.Network.Locate(Images(examples), bound).Points;
            fit.Add(Finder.Network.Shape(found), Truth(examples, found.device) - found);
        }

        var (weight, bias) = fit.Solve();
        Finder.Network.SetShape(Finder.Parameters, weight, bias);
    }

    private static (RgbImage Image, Landmarks68? Points) Mixed(int video, int place, Shot shot, SeededRandom random) =>
        Example(shot, place % NonFaceEvery != NonFaceEvery - 1, random);

    private Tensor Loss((RgbImage Image, Landmarks68? Points)[] examples)
    {
        Tensor points, scores;
        var bound = Finder.Parameters.Bind(learn: true, advance: false);
        using (Finder.Compute.Forwards()) (points, scores) = Finder.Network.Locate(Images(examples), bound);
        (points, scores) = (points.to_type(ScalarType.Float32), scores.to_type(ScalarType.Float32));
        var isFace = Array.ConvertAll(examples, example => example.Points is null ? 0f : 1f).ToTensor(scores.device);
        var loss = nn.functional.binary_cross_entropy_with_logits(scores, isFace).Times(FaceWeight);
        var faces = Enumerable.Range(0, examples.Length).Where(i => examples[i].Points is not null).ToArray();
        if (faces.Length == 0) return loss;
        var found = points.index_select(0, Array.ConvertAll(faces, i => (long)i).ToTensor(points.device));
        return loss.Plus((found - Truth([.. faces.Select(i => examples[i])], found.device)).abs().mean());
    }

    private Tensor Images((RgbImage Image, Landmarks68? Points)[] examples) =>
        FrameTensor.From(Array.ConvertAll(examples, example => example.Image), Finder.Parameters.Device);

    private static Tensor Truth((RgbImage Image, Landmarks68? Points)[] faces, Device device) =>
        faces.SelectMany(face => face.Points!.Values).ToArray().ToTensor(device, faces.Length, Landmarks68.Count, 2);

    private static (RgbImage Image, Landmarks68? Points) Example(Shot shot, bool isFace, SeededRandom random)
    {
        if (!isFace)
        {
            var picture = NonFaces.Make(shot, random);
            return (random.Chance(0.5) ? PhotoJitter.Apply(picture, random) : picture, null);
        }

        var jitter = FaceJitter.Draw(random, MostScale, MostAngle, MostShift * shot.Image.Width);
        return (FaceAlignment.Move(PhotoJitter.Apply(shot.Image, random), jitter),
            FaceAlignment.Move(shot.Landmarks, shot.Image.Width, jitter));
    }
}
