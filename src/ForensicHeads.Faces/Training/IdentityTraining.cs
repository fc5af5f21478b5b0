using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces.Training;

/// <summary>Learns a face-identity network to find each person of a batch among the others by another video, under a margin that grows over
/// the first part of the run.</summary>
public sealed class IdentityTraining : IPlainNetwork
{
    private const double Rate = 2e-3;
    private const int LeastPeople = 2;
    private const double Margin = 0.2;
    private const double MarginFullAt = 0.4;
    private const double MostScale = 0.1;
    private const double MostAngle = 0.12;

    // As a share of the side.
    private const double MostShift = 3.0 / 64;
    private const double LeastStretch = 0.88;
    private const double MostStretch = 1.12;

    /// <summary>Fresh weights.</summary>
    public IdentityTraining(IdentityDesign design, long seed) => Network = new FaceIdentity(design, seed);

    /// <inheritdoc/>
    public string Name => Network.Name;

    /// <inheritdoc/>
    public string LossName => "identity";

    /// <summary>The network being learnt.</summary>
    public FaceIdentity Network { get; }

    /// <inheritdoc/>
    public void To(Compute compute) => Network.To(compute);

    /// <inheritdoc/>
    public void Learn(FaceVideos data, int steps, int batch, long seed, Action<int, double>? onStep, CancellationToken cancellation)
    {
        var people = VideosByPerson(data);
        if (people.Length < LeastPeople)
        {
            throw new UserErrorException(
                $"The data show {people.Length} people; an identity network is learnt from {LeastPeople} or more. "
                + "Choose another store or role.");
        }

        var sampler = new FaceSampler(data, Name, seed);
        var count = Math.Clamp(batch / 2, LeastPeople, people.Length);
        TrainingLoop.Descend(Network.Parameters.Values, steps, Rate, Loss, onStep, cancellation);

        Tensor Loss(int step)
        {
            var views = FrameTensor.From(sampler.DrawPairs(people, step, count, View), Network.Parameters.Device);
            var vectors = Network.Vectors(views, Network.Parameters.Bind(learn: true, advance: false));
            var margin = Margin * Math.Min(1, step / (MarginFullAt * steps));
            return MarginSoftmax.Of(vectors.narrow(0, 0, count), vectors.narrow(0, count, count), margin);
        }
    }

    /// <summary>Top-1 retrieval: the gallery is the mean vector of each person's first video, the queries are the frames of their other
    /// videos.</summary>
    public IReadOnlyDictionary<string, double> Measure(FaceVideos heldOut)
    {
        var people = VideosByPerson(heldOut);
        if (people.Length < 2 || people.Any(videos => videos.Length < 2))
            throw new UserErrorException(
                "Retrieval needs two or more held-out people with two or more videos each. Choose another --held-out.");
        var gallery = Array.ConvertAll(people, videos => FaceRetrieval.Mean(Network.Embed(FaceSampler.Video(heldOut, videos[0]))));
        var (hits, queries) = (0, 0);
        for (var person = 0; person < people.Length; person++)
        {
            foreach (var vector in people[person].Skip(1).SelectMany(video => Network.Embed(FaceSampler.Video(heldOut, video))))
            {
                queries++;
                if (FaceRetrieval.Nearest(gallery, vector) == person) hits++;
            }
        }

        return new Dictionary<string, double>
        {
            ["people"] = people.Length,
            ["queries"] = queries,
            ["retrieval_top1"] = (double)hits / queries
        };
    }

    /// <inheritdoc/>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half) => Network.Save(path, metadata, half);

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private static int[][] VideosByPerson(FaceVideos data) =>
        [.. Enumerable.Range(0, data.Videos).GroupBy(data.Person, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())];

    private RgbImage View(Shot shot, SeededRandom random)
    {
        // The outline of what is cut out comes from landmarks, in a generated frame the driver's: who it shows must not be told by it.
        var jitter = FaceJitter.Draw(random, MostScale, MostAngle, MostShift * Network.Size)
            with
        { RegionX = random.Uniform(LeastStretch, MostStretch), RegionY = random.Uniform(LeastStretch, MostStretch) };
        return Network.Design.View(shot with { Image = PhotoJitter.Apply(shot.Image, random) }, jitter);
    }
}

/// <summary>
/// Large-margin cosine loss (CosFace, Wang et al. 2018, eq. 4): softmax cross entropy of s · (cos θ − m at the true class). The class
/// vectors are those of another video of each person in the batch (as the prototypes of Snell et al. 2017): only the network is learnt.
/// </summary>
internal static class MarginSoftmax
{
    /// <summary>s, above the bound of the paper's eq. 6 for batches of tens of people.</summary>
    public const double Scale = 16;

    /// <summary>Mean loss, either side told by the other.</summary>
    /// <param name="first">Unit vectors float32[P, L], a person each.</param>
    /// <param name="second">Unit vectors float32[P, L] of the same people in other videos.</param>
    /// <param name="margin">m.</param>
    public static Tensor Of(Tensor first, Tensor second, double margin)
    {
        var people = first.shape[0];
        var logits = (first.matmul(second.t()) - DeviceTensors.Eye(first.device, people).Times(margin)).Times(Scale);
        var truth = Enumerable.Range(0, (int)people).Select(i => (long)i).ToArray().ToTensor(first.device);
        return nn.functional.cross_entropy(logits, truth).Plus(nn.functional.cross_entropy(logits.t(), truth)).DividedBy(2);
    }
}
