using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>In which numbers the networks compute; their weights are float32 always.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
#pragma warning disable CA1720 // It is named as libtorch names it.
    Float32,
#pragma warning restore CA1720

    /// <summary>Products of float32 in NVIDIA's TensorFloat-32: 10 bits of mantissa, sums in float32.</summary>
    Tf32,

    /// <summary>Forwards in bfloat16 where libtorch deems it safe, sums and weights in float32.</summary>
    Bf16,
}

/// <summary>Where and in which numbers networks compute: chosen once by a command, and given on.</summary>
public sealed record Compute
{
    // Null for the CPU: whoever computes without networks needs no libtorch to say so.
    private readonly Device? card;

    private Compute(Device? card, Precision precision) => (this.card, Precision) = (card, precision);

    /// <summary>The CPU, in float32.</summary>
    public static Compute Cpu => new(null, Precision.Float32);

    /// <summary>The device that networks are moved to.</summary>
    public Device Device => card ?? CPU;

    /// <summary>Whether that is the CPU.</summary>
    public bool IsCpu => card is null;

    /// <summary>The numbers of the forwards.</summary>
    public Precision Precision { get; }

    /// <summary>For records: <c>cpu</c>, <c>cuda:0</c>, with the precision where it is not float32, <c>cuda:0 bf16</c>.</summary>
    public string Name => (card is null ? "cpu" : $"{card.type.ToString().ToLowerInvariant()}:{card.index}")
        + (Precision == Precision.Float32 ? "" : $" {Precision.ToString().ToLowerInvariant()}");

    /// <summary>Chooses.</summary>
    /// <param name="device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; <c>auto</c> takes a GPU where one can be used.</param>
    /// <param name="precision">The numbers of the forwards.</param>
    /// <param name="threads">Threads of one operation on the CPU, put into force for the process; 0 leaves them.</param>
    /// <param name="warn">Told in a line what was asked for and cannot be had.</param>
    /// <exception cref="UserErrorException">Unknown name, a GPU that is not there, or a precision that it lacks.</exception>
    public static Compute Choose(string device, Precision precision = Precision.Float32, int threads = 0,
        Action<string>? warn = null)
    {
        var place = Place(device, warn);
        if (threads > 0) TorchRuntime.Threads = threads;
        if (place.type == DeviceType.CPU && precision == Precision.Tf32) throw new UserErrorException(
            "--precision tf32 is of NVIDIA cards, and here the networks run on the CPU. Use float32 or bf16.", exitCode: 2);
        if (precision == Precision.Bf16 && !Autocast.IsThere)
        {
            warn?.Invoke($"libtorch {TorchRuntime.Version} has no switch for bf16 under a name that is known here: computing in float32");
            precision = Precision.Float32;
        }

        if (place.type == DeviceType.CUDA) Tune(precision);
        return On(place, precision);
    }

    /// <summary>That device in float32, of whatever kind; for tests.</summary>
    internal static Compute On(Device device, Precision precision = Precision.Float32) =>
        new(device.type == DeviceType.CPU ? null : device, precision);

    /// <summary>Computes in this precision on this thread until the result is disposed of; around forwards, not around backward
    /// passes.</summary>
    public IDisposable? Forwards() => Precision == Precision.Bf16 ? Autocast.Start(Device.type) : null;

    /// <summary>The greatest difference of a convolution on the device from the same on the CPU, by the greatest value.</summary>
    public double DistanceFromCpu()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var random = new SeededRandom(1, "device-check");
        var (frames, kernel) = (Values(2 * 8 * 32 * 32), Values(16 * 8 * 3 * 3));
        var (expected, actual) = (Of(CPU), Of(Device));
        return expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Gaussian())];

        float[] Of(Device device) => nn.functional.conv2d(frames.ToTensor(device, 2, 8, 32, 32), kernel.ToTensor(device, 16, 8, 3, 3))
            .ToHost<float>();
    }

    private static Device Place(string name, Action<string>? warn)
    {
        TorchRuntime.EnsureLoaded();
        var index = 0;
        var numbered = name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out index);
        if (name == "cpu") return CPU;
        if (name is not ("auto" or "cuda") && !numbered) throw new UserErrorException(
            $"Unknown device '{name}'. Use auto, cpu, cuda or cuda:N, with the number of a card from 0.", exitCode: 2);
        if (!TorchRuntime.HasCuda)
        {
            var missing = TorchRuntime.WhyNoCuda;
            if (name != "auto") throw new UserErrorException($"No GPU can be used here: {missing}. Use --device cpu, or see docs/gpu.md.");
            if (LibtorchFolder.Flavour != Flavour.Cpu) warn?.Invoke($"no GPU can be used here, so the CPU is: {missing}");
            return CPU;
        }

        var cards = cuda.device_count();
        return index < cards ? new Device(DeviceType.CUDA, index) : throw new UserErrorException(
            $"There is no card {index}: this machine has {cards}, numbered from 0. Use --device cuda:{cards - 1}, or cuda alone.", 2);
    }

    private static void Tune(Precision precision)
    {
        // cuDNN's own default is on: float32 would then mean two things.
        backends.cuda.matmul.allow_tf32 = precision != Precision.Float32;
        backends.cudnn.allow_tf32 = precision != Precision.Float32;
        LibtorchExports.TimeConvolutions();
    }
}
