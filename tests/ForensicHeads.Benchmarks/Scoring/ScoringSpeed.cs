using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Benchmarks.Scoring;

/// <summary><c>detect score</c> end to end: frames a second, what each stage costs, and memory over a clip and one ten times as long.</summary>
/// <remarks>Wall time depends on what else the machine does; processor time (this process and its decoders) does so far less, so both are given.</remarks>
internal static class ScoringSpeed
{
    private const int Longer = 10;
    private const long Kept = 256L << 20;

    /// <summary>Measures.</summary>
    /// <param name="arguments">Clip, detector, rounds (default 3). Another process is started a measurement of memory, so the program is called again with <c>once CLIP DETECTOR BYTES</c>.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is ["once", var only, var with, var kept]) return Once(only, with, long.Parse(kept, CultureInfo.InvariantCulture));
        if (arguments.Length is < 2 or > 3) throw new UserErrorException("Give a clip, a detector and perhaps a number of rounds: score CLIP DETECTOR [ROUNDS].", exitCode: 2);
        var (clip, detector) = (arguments[0], arguments[1]);
        var rounds = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 3;
        var folder = Directory.CreateTempSubdirectory("forensicheads-speed-");
        try
        {
            var longer = Path.Combine(folder.FullName, "longer.mp4");
            Ffmpeg("-stream_loop", (Longer - 1).ToString(CultureInfo.InvariantCulture), "-i", clip, "-map", "0:v:0", "-c", "copy", longer);
            var facts = MediaProbe.Inspect(clip);
            Say($"{facts.Codec} {facts.Width}×{facts.Height}, {facts.FrameRate:0.##} frames/s; {Environment.ProcessorCount} processors");
            Stages(clip, detector);
            foreach (var file in new[] { clip, longer })
            {
                // Decoded once and twice by turns: what else the machine does meets both.
                var pairs = Enumerable.Range(0, rounds).Select(_ => (Once: Child(file, detector, Kept), Twice: Child(file, detector, 0))).ToArray();
                var runs = pairs.Select(pair => pair.Once).ToArray();
                var frames = runs[0].Frames;
                var walls = runs.Select(run => frames / run.Wall).Order().ToArray();
                var loads = runs.Select(run => frames / run.Processor * Math.Min(2, Environment.ProcessorCount)).Order().ToArray();
                var ratios = pairs.Select(pair => pair.Twice.Wall / pair.Once.Wall).Order().ToArray();
                var costs = pairs.Select(pair => pair.Twice.Processor / pair.Once.Processor).Order().ToArray();
                Say($"  frames kept up to {Kept >> 20} MiB against none: {ratios[rounds / 2]:0.00} [{ratios[0]:0.00}, {ratios[^1]:0.00}] times as many a second by the clock, {costs[rounds / 2]:0.00} [{costs[0]:0.00}, {costs[^1]:0.00}] by processor time; peak without {pairs.Max(pair => pair.Twice.Peak) / 1048576.0:0} MiB");
                Say($"{frames} frames: {walls[rounds / 2]:0.0} frames/s [{walls[0]:0.0}, {walls[^1]:0.0}] by the clock; {loads[rounds / 2]:0.0} [{loads[0]:0.0}, {loads[^1]:0.0}] if two processors did nothing else; peak memory {runs.Max(run => run.Peak) / 1048576.0:0} MiB");
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Scores one clip and prints frames, wall seconds, processor seconds and the peak of the working set.</summary>
    private static int Once(string clip, string detector, long kept)
    {
        using var saved = SavedDetector.Load(detector);
        using var cropper = new FaceCropper(new FaceFinder(null)) { KeptBytes = kept };
        var scorer = new FileScorer(saved, cropper);
        var (start, before) = (Stopwatch.GetTimestamp(), ProcessorSeconds());
        var result = scorer.Score(clip);
        var (wall, used) = (Stopwatch.GetElapsedTime(start).TotalSeconds, ProcessorSeconds() - before);
        if (result.Tracks.Count == 0) throw new UserErrorException($"{clip} shows no face ({result.Reason ?? result.VerdictReason}); give another clip.");
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Container!.DecodedFrames} {wall:R} {used:R} {self.PeakWorkingSet64}"));
        return 0;
    }

    private static (int Frames, double Wall, double Processor, long Peak) Child(string clip, string detector, long kept)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in new[] { "score", "once", clip, detector, kept.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || words.Length != 4) throw new UserErrorException($"Scoring {clip} ended with {process.ExitCode}.");
        return (int.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture), long.Parse(words[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Each stage by itself on one thread, in processor milliseconds a frame; a clip whose frames are not kept is decoded twice.</summary>
    private static void Stages(string clip, string folder)
    {
        using var saved = SavedDetector.Load(folder);
        using var finder = new RfbFaceDetector();
        using var points = new OpenSeeFaceLandmarks();
        var layout = new FeatureLayout(saved.Manifest.Families, saved.Manifest.Size);
        var size = saved.Manifest.CropSize > 0 ? saved.Manifest.CropSize : saved.Manifest.Size;
        var facts = MediaProbe.Inspect(clip);
        var frames = new List<VideoFrame>();
        var decode = Cost(() =>
        {
            using var decoder = new VideoDecoder(facts);
            while (decoder.Next() is { } frame)
            {
                if (frames.Count < 100) frames.Add(frame);
                else decoder.Recycle(frame);
            }

            return decoder.Outcome!.FramesDecoded;
        });
        FaceBox[][] boxes = new FaceBox[frames.Count][];
        var detect = Cost(() => Each(i => boxes[i] = [.. finder.Detect(frames[i].Image)]));
        var locate = Cost(() => Each(i =>
        {
            foreach (var box in boxes[i]) points.Locate(frames[i].Image, box);
        }));
        var crops = new RgbImage[frames.Count];
        var cut = Cost(() => Each(i =>
        {
            var box = boxes[i].Length > 0 ? boxes[i][0] : new FaceBox(0, 0, 100, 100, 0);
            var side = (int)(box.Height / 0.55f);
            crops[i] = ImageResize.Area(new CropWindow((int)box.CentreX - (side / 2), (int)box.CentreY - (side / 2), side).Cut(frames[i].Image, size), layout.Size, layout.Size);
        }));
        var rows = new float[frames.Count][];
        var features = Cost(() => Each(i => layout.Compute(crops[i], rows[i] = new float[layout.Length])));
        var score = Cost(() =>
        {
            foreach (var batch in rows.Chunk(32)) saved.Detector.Score(batch);
            return rows.Length;
        });
        (string Name, double Cost)[] stages = [("decode", decode), ("detect", detect), ("landmarks", locate), ("crop", cut), ("features", features), ("score", score)];
        var total = stages.Sum(stage => stage.Cost);
        foreach (var (name, cost) in stages) Say($"  {name,-14} {cost,7:0.00} ms a frame {100 * cost / total,4:0} %");
        Say($"  {"all",-14} {total,7:0.00} ms of processor time a frame");

        int Each(Action<int> work)
        {
            for (var i = 0; i < frames.Count; i++) work(i);
            return frames.Count;
        }
    }

    /// <summary>Processor milliseconds a unit; the first of two runs warms up.</summary>
    private static double Cost(Func<int> work)
    {
        work();
        var before = ProcessorSeconds();
        var units = work();
        return 1000 * (ProcessorSeconds() - before) / units;
    }

    /// <summary>User and system time of this process and of its ended children: fields 14 to 17 of /proc/self/stat, in hundredths of a second.</summary>
    private static double ProcessorSeconds()
    {
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Skip(11).Take(4).Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / 100.0;
    }

    private static void Ffmpeg(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. arguments]))!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new UserErrorException($"ffmpeg ended with {process.ExitCode}; it must be able to copy the clip's stream into mp4.");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
