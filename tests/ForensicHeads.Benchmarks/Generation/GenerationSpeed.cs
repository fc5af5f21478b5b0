using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Benchmarks.Generation;

/// <summary>
/// Frames a second of an adapted head by libtorch and by ONNX Runtime, from landmarks to pictures, at every batch; both take turns in one
/// process, and medians are printed beside the machine's rate of a large matrix product.
/// </summary>
public static class GenerationSpeed
{
    private const int Frames = 32;
    private static readonly int[] Batches = [1, 2, 4, 8, 16, 32];

    /// <summary>Runs it: <c>generation [WEIGHTS of heads-64] [ROUNDS]</c>.</summary>
    public static int Run(string[] args)
    {
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9;
        using (var shipped = GeneratorWeights.Load(args.Length > 0 ? args[0] : "src/ForensicHeads.Experiments/Weights/heads-64.safetensors")) Measure("heads-64, shipped", shipped, rounds);
        using (var fresh = new GeneratorWeights(NetworkPreset.Heads128, 1)) Measure("heads-128, fresh", fresh, rounds);
        return 0;
    }

    private static void Measure(string title, GeneratorWeights weights, int rounds)
    {
        var size = weights.Preset.Size;
        var video = new ProceduralVideo(ProceduralPerson.Create(1, 0), 0, 1);
        var drivers = Enumerable.Range(0, Frames).Select(frame => video.Render(frame, size).Landmarks).ToArray();
        using var head = (NetworkHead)new FewShotGenerator(weights, new AdaptOptions { Mode = Mode.Ff }).Adapt([new Shot(video.Render(99, size).Image, video.Render(99, size).Landmarks)], null, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var model = head.ToOnnx(new Dictionary<string, string>());
        var exported = watch.ElapsedMilliseconds;
        using (new OnnxHead(model.Bytes)) Console.WriteLine(Text($"\n{title}: {model.MultiplyAdds / 1e6:F1} million multiply-adds a frame; export {exported} ms, session {watch.ElapsedMilliseconds - exported} ms"));

        // One thread is measured in processor time: other jobs of a shared machine do not count. Two are measured by the clock.
        Compare(head, model.Bytes, drivers, model.MultiplyAdds, threads: 1, rounds, () => Environment.CpuUsage.TotalTime);
        Compare(head, model.Bytes, drivers, model.MultiplyAdds, threads: 2, rounds, () => Stopwatch.GetElapsedTime(0));
    }

    private static void Compare(NetworkHead head, byte[] model, Landmarks68[] drivers, long multiplyAdds, int threads, int rounds, Func<TimeSpan> now)
    {
        TorchRuntime.Threads = threads;
        var (torch, onnx) = (new double[Batches.Length], new double[Batches.Length]);
        var product = new List<double>();
        for (var i = 0; i < Batches.Length; i++)
        {
            var batch = Batches[i];
            using var copy = new OnnxHead(model, new RenderOptions { Batch = batch, Threads = threads });
            var (ofTorch, ofOnnx) = (new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                var a = Seconds(now, () => head.Render(drivers, batch));
                var b = Seconds(now, () => copy.Render(drivers));
                var c = MatrixProduct.Rate(now);

                // The first round warms both up.
                if (round == 0) continue;
                ofTorch.Add(Frames / a);
                ofOnnx.Add(Frames / b);
                product.Add(c);
            }

            (torch[i], onnx[i]) = (Median(ofTorch), Median(ofOnnx));
        }

        var peak = Median(product);
        string Share(double rate) => Text($"{2 * multiplyAdds * rate / peak:P0}");
        Console.WriteLine(Text($"{threads} thread(s), {(threads == 1 ? "processor time" : "clock")}; matrix product {peak / 1e9:F0} GFLOP/s"));
        Console.WriteLine("| batch | libtorch, frames/s | ONNX Runtime, frames/s | ratio |\n|---|---|---|---|");
        for (var i = 0; i < Batches.Length; i++) Console.WriteLine(Text($"| {Batches[i]} | {torch[i]:F1} | {onnx[i]:F1} | {onnx[i] / torch[i]:F2} |"));
        Console.WriteLine(Text($"| best | {torch.Max():F1} ({Share(torch.Max())} of the matrix product) | {onnx.Max():F1} ({Share(onnx.Max())}) | {onnx.Max() / torch.Max():F2} |"));
    }

    private static double Seconds(Func<TimeSpan> now, Action work)
    {
        var start = now();
        work();
        return (now() - start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
