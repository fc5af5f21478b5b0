using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces.Training;

/// <summary>
/// What the points of a landmark network are wrong by, as a linear function of all of them: ridge regression (Hoerl and Kennard 1970) from
/// sums over faces with known points. As the last stage of a cascade of linear shape regressors (Xiong and De la Torre 2013).
/// </summary>
internal sealed class LandmarkShapeFit : IDisposable
{
    // Against inputs in half frames. The share keeps directions in which shapes hardly differ; the floor, one of about ten pixels in all,
    // holds with few faces.
    private const double RidgeShare = 1e-6;
    private const double RidgeFloor = 0.1;
    private Tensor? products;
    private Tensor? targets;
    private long faces;

    /// <summary>Takes in faces: what the shape layer sees of them, float32[N, 136], and true less found points, float32[N, 68, 2] in
    /// pixels.</summary>
    public void Add(Tensor shapes, Tensor wrong)
    {
        using var scope = NewDisposeScope();
        var inputs = cat([shapes.to(ScalarType.Float64), DeviceTensors.Ones(shapes.device, shapes.shape[0], 1).to(ScalarType.Float64)], 1);
        Sum(ref products, inputs.t().mm(inputs));
        Sum(ref targets, inputs.t().mm(wrong.flatten(1).to(ScalarType.Float64)));
        faces += shapes.shape[0];
    }

    /// <summary>The layer's weight, float32[136, 136], and bias, float32[136], which is not drawn to 0. The caller's scope owns
    /// them.</summary>
    /// <exception cref="InvalidOperationException">No face was added.</exception>
    public (Tensor Weight, Tensor Bias) Solve()
    {
        if (products is null || targets is null) throw new InvalidOperationException("A shape layer cannot be fitted to no faces.");
        var inputs = products.shape[0] - 1;
        var device = products.device;
        var ridges = DeviceTensors.Ones(device, inputs).to(ScalarType.Float64).Times((RidgeShare * faces) + RidgeFloor);
        var ridge = cat([ridges, DeviceTensors.Zeros(device, 1).to(ScalarType.Float64)]).diag();
        var solved = linalg.solve(products.Plus(ridge), targets).to(ScalarType.Float32);
        return (solved.narrow(0, 0, inputs).t().contiguous(), solved[inputs].contiguous());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        products?.Dispose();
        targets?.Dispose();
    }

    private static void Sum(ref Tensor? sum, Tensor term)
    {
        if (sum is null) sum = term.DetachFromDisposeScope();
        else sum.AddInPlace(term);
    }
}
