using System.Diagnostics;

namespace ForensicHeads.Fuzz;

/// <summary>Runs a target on mutants in this process, without a fuzzer.</summary>
internal static class FuzzRun
{
    /// <summary>Longer than this on one input is a hang.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    // Whole heads of other formats, for the mutator to put in.
    private static readonly byte[][] Heads =
    [
        [.. "\0\0\0\x18ftypisom\0\0\0\0isommp42"u8], [.. "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0u0\0\0u0\b\x02"u8],
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8], [.. "PAR1\x15\x04\x15"u8], [.. "PK\x03\x04\x14"u8],
        [16, 0, 0, 0, 0, 0, 0, 0, .. "{\"__metadata__\":{}}"u8], [.. "{\"line\":1,\"time\":\"\",\"what\":\"start\"}\n"u8],
            [.. "file,identity\n../../x,ann\n"u8], [.. "#EXTM3U\nother.mp4\n"u8], new byte[64],
    ];

    /// <summary>Tries the seeds, then mutants of them in turn.</summary>
    /// <param name="name">What the target is called: names the stream of random numbers.</param>
    /// <param name="target">The target.</param>
    /// <param name="seeds">Good inputs, at least one.</param>
    /// <param name="runs">Number of mutants.</param>
    /// <param name="draw">Another draw gives other mutants; the same gives the same.</param>
    /// <param name="onFault">Told each input that was not answered as documented; null for nobody.</param>
    public static FuzzResult Of(string name, FuzzTarget target, IReadOnlyList<byte[]> seeds, int runs, long draw = Mutator.FirstDraw,
        Action<byte[], string>? onFault = null)
    {
        var mutators = seeds.Select((seed, i) =>
            new Mutator(i == 0 ? name : FormattableString.Invariant($"{name}/{i}"), seed,
            [.. seeds.Where(other => other != seed), .. Heads], draw)).ToArray();
        var result = new FuzzResult { Target = name };
        foreach (var seed in seeds) result = result with { SeedsRead = result.SeedsRead + (One(seed, ref result) ? 1 : 0) };
        result = result with { Read = 0, Refused = 0 };
        for (var i = 0; i < runs; i++) One(mutators[i % mutators.Length].Mutant(i / mutators.Length), ref result);
        return result;

        bool One(byte[] input, ref FuzzResult tally)
        {
            var watch = Stopwatch.StartNew();
            string? fault = null;
            var isRead = false;
            try
            {
                isRead = target.Try(input);
                tally = isRead ? tally with { Read = tally.Read + 1 } : tally with { Refused = tally.Refused + 1 };
            }
            catch (Exception error)
            {
                fault = $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}\n{error.StackTrace}";
            }

            if (watch.Elapsed > Hang) fault ??= FormattableString.Invariant($"it took {watch.Elapsed.TotalSeconds:0.0} s");
            if (watch.Elapsed > tally.Slowest) tally = tally with { Slowest = watch.Elapsed };
            if (fault is null) return isRead;
            tally = tally with { Faults = [.. tally.Faults, fault] };
            onFault?.Invoke(input, fault);
            return isRead;
        }
    }
}
