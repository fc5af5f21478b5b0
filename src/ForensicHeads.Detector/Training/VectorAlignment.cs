using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Detector.Training;

/// <summary>
/// A linear map with intercept from the penultimate vectors of one network to those of another, by ridge regression over frames that both
/// have learnt from: two trainings name their directions differently, and a table's column must mean one thing.
/// </summary>
internal sealed class VectorAlignment
{
    // Of the mean variance of the inputs: keeps directions that never vary from being blown up.
    private const double Ridge = 1e-2;
    private readonly float[] weights;
    private readonly float[] offsets;

    /// <summary>Fits the map.</summary>
    /// <param name="from">Features float32[n][65], logit first.</param>
    /// <param name="to">The same frames' features by the other network.</param>
    public VectorAlignment(IReadOnlyList<float[]> from, IReadOnlyList<float[]> to)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (x, y) = (Vectors(from), Vectors(to));
        var (meanX, meanY) = (x.mean([0L], keepdim: true), y.mean([0L], keepdim: true));
        var (centredX, centredY) = (x - meanX, y - meanY);
        var gram = centredX.t().mm(centredX);
        var penalty = Math.Max(1e-12, Ridge * gram.trace().ToNumber() / CnnFamily.VectorLength);
        var ridge = DeviceTensors.Eye(CPU, CnnFamily.VectorLength).to_type(ScalarType.Float64).Times(penalty);
        var map = linalg.solve(gram.Plus(ridge), centredX.t().mm(centredY));
        weights = map.to_type(ScalarType.Float32).ToHost<float>();
        offsets = (meanY - meanX.mm(map)).to_type(ScalarType.Float32).ToHost<float>();
    }

    /// <summary>Maps a row of features; the logit stays as it is.</summary>
    public float[] Apply(float[] row)
    {
        var result = new float[row.Length];
        result[0] = row[0];
        for (var j = 0; j < CnnFamily.VectorLength; j++)
        {
            var sum = (double)offsets[j];
            for (var i = 0; i < CnnFamily.VectorLength; i++) sum += (double)row[1 + i] * weights[(i * CnnFamily.VectorLength) + j];
            // The other network's vectors come out of a ReLU.
            result[1 + j] = (float)Math.Max(0, sum);
        }

        return result;
    }

    private static Tensor Vectors(IReadOnlyList<float[]> rows) =>
        rows.SelectMany(row => row.Skip(1)).ToArray().ToTensor(CPU, rows.Count, CnnFamily.VectorLength).to_type(ScalarType.Float64);
}
