using ForensicHeads.Fuzz;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Small good files of every format that may come from strangers, and how the toolkit reads each. Media have eight frames of a
/// rendered head.</summary>
public sealed class HostileFiles : IAsyncLifetime
{
    private static readonly string[] FirstMedia = ["mp4", "mov", "mpg", "avi", "mkv", "webm", "gif", "png", "jpg"];

    // The first says much of itself: long pixels, PQ, wide colours.
    private static readonly string[] LaterMedia = ["3gp", "ts", "apng", "webp", "avif", "tiff"];

    /// <summary>The media formats, which <c>ingest</c> takes.</summary>
    internal static readonly string[] Media = [.. FirstMedia, .. LaterMedia];

    /// <summary>Formats whose bytes stand in for those of another. None is added, so that mutant N of a format stays the same
    /// bytes.</summary>
    internal static readonly string[] Donors =
        [.. FirstMedia, "parquet index", "tar shard", "store.json", "split file", "safetensors", "head", "onnx", "detector zip",
            "detector.json", "manifest.csv", "consent record", "experiment file"];

    /// <summary>All formats.</summary>
    internal static readonly string[] Names = [.. Donors, .. LaterMedia];

    private const int Frames = 8;
    private const int Side = 96;

    // What follows a good manifest, consent record and experiment file.
    private const string NoModels = "is in none of";
    private const string TooFew = "The roles need";

    private readonly Dictionary<string, byte[]> seeds = new(StringComparer.Ordinal);

    internal TestCli Cli { get; } = new();

    public async ValueTask InitializeAsync()
    {
        MakeMedia();
        await Cli.Succeed("procedural", "--identities", "2", "--videos", "1", "--frames", "2", "--size", "32", "--out", Cli["people"]);
        await Cli.Succeed("procedural", "--identities", "2", "--videos", "1", "--frames", "2", "--size", "64", "--out", Cli["people-64"]);
        await Cli
            .Succeed("datasets", "split", Cli["people"], "--generator", "0", "--train", "0.5", "--validation", "0", "--calibration", "0",
            "--test", "0.5", "--out", Cli["split.json"]);
        using (var weights = new GeneratorWeights(TinyPreset.Value, 1)) weights.Save(
            Cli["tiny.safetensors"], new Dictionary<string, string>());
        await Cli
            .Succeed("adapt", "--weights", Cli["tiny.safetensors"], "--shots-from", Cli["people"] + ":p70000-v0", "--shots", "1", "--out",
            Cli["head.safetensors"]);
        SmallDetector.Save(Cli["detector"]);
        Directory.CreateDirectory(Cli["source/ann"]);
        foreach (var name in new[] { "a.mp4", "b.mp4" }) await File.WriteAllTextAsync(Cli["source/ann/" + name], "no video");

        seeds["parquet index"] = await File.ReadAllBytesAsync(Cli["people/index.parquet"]);
        seeds["tar shard"] = await File.ReadAllBytesAsync(Cli["people/shards/000000.tar"]);
        seeds["store.json"] = await File.ReadAllBytesAsync(Cli["people/store.json"]);
        seeds["split file"] = await File.ReadAllBytesAsync(Cli["split.json"]);
        seeds["safetensors"] = await File.ReadAllBytesAsync(Cli["tiny.safetensors"]);
        seeds["head"] = await File.ReadAllBytesAsync(Cli["head.safetensors"]);
        seeds["onnx"] = await File.ReadAllBytesAsync(Cli["detector/cnn.onnx"]);
        seeds["detector zip"] = await File.ReadAllBytesAsync(Cli["detector/model.zip"]);
        seeds["detector.json"] = await File.ReadAllBytesAsync(Cli["detector/detector.json"]);
        seeds["manifest.csv"] = SeedTexts.Manifest;
        seeds["consent record"] = SeedTexts.Consent;
        seeds["experiment file"] =
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SeedTexts.Experiment).Replace("nowhere", "heads-64", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        Cli.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The format of that name.</summary>
    internal HostileFormat Format(string name)
    {
        if (Media.Contains(name))
        {
            var file = Cli[$"mutant.{name}"];
            return Of(file, 0, 0, 1, "provenance", "verify", file);
        }

        return name switch
        {
            "parquet index" => InStore("index.parquet"),
            "tar shard" => InStore("shards/000000.tar"),
            "store.json" => InStore("store.json"),
            "split file" => Of(Cli["mutant.json"], 0, 0, 1, "datasets", "audit", Cli["people"], "--split", Cli["mutant.json"]),
            "safetensors" =>
                Of(Cli["mutant.safetensors"], 0, 0, 1, "export", "--weights", Cli["mutant.safetensors"], "--out", Cli["mutant.onnx"]),
            "head" => Of(Cli["mutant.safetensors"], 0, 0, 1, "export", "--head", Cli["mutant.safetensors"], "--out", Cli["mutant.onnx"]),
            "onnx" => InDetector("cnn.onnx"),
            "detector zip" => InDetector("model.zip"),
            "detector.json" => InDetector("detector.json"),
            // These three are read to their end before the next thing that such a command needs, which is not there.
            "manifest.csv" =>
                UpTo(NoModels, Cli["source/manifest.csv"], "ingest", Cli["source"], "--models", Cli["nowhere"], "--out",
                Cli["mutant-store"]),
            "consent record" =>
                UpTo(NoModels, Cli["mutant.json"], "adapt", "--weights", Cli["tiny.safetensors"], "--photo", Cli["mutant.png"], "--consent",
                Cli["mutant.json"], "--models", Cli["nowhere"], "--out", Cli["mutant-head"]),
            "experiment file" =>
                UpTo(TooFew, Cli["mutant.json"], "experiment", "run", Cli["mutant.json"], "--store", Cli["people-64"], "--out",
                Cli["mutant-report"]),
            _ => throw new ArgumentException(name),
        };

        HostileFormat Of(string file, int read, int refused, int orRefused, params string[] command) =>
            Written(file, async () => Outcome(read, await Command([read, refused, orRefused], command)));

        HostileFormat UpTo(string next, string file, params string[] command) =>
            Written(file, async () => (await Command([1, 2], command)).Error.Contains(next, StringComparison.Ordinal) ? MutantOutcome.Read
                : MutantOutcome.Refused);

        HostileFormat Written(string file, Func<Task<MutantOutcome>> attempt) => new(name, Seed(name), async bytes =>
        {
            await File.WriteAllBytesAsync(file, bytes);
            return await attempt();
        });
    }

    internal byte[] Seed(string name) => seeds[name];

    private static MutantOutcome Outcome(int read, CliResult result) => result.Code == read ? MutantOutcome.Read : MutantOutcome.Refused;

    private async Task<CliResult> Command(int[] allowed, params string[] command)
    {
        var result = await Cli.Run(command);
        if (result.Error.Contains("This is a defect", StringComparison.Ordinal)
            || result.Error.Contains("failed unexpectedly", StringComparison.Ordinal)) throw new MutantException(result.Error,
            wrongCode: false);
        return allowed.Contains(result.Code) ? result
            : throw new MutantException(string.Create(CultureInfo.InvariantCulture, $"exit code {result.Code}: {result.Error}"),
            wrongCode: true);
    }

    // Opened, every picture read, everything verified; then once more by a command.
    private HostileFormat InStore(string file) =>
        new(file, Seed(file switch { "index.parquet" => "parquet index", "store.json" => "store.json", _ => "tar shard" }), async bytes =>
    {
        var store = Copy("people", "mutant-people");
        await File.WriteAllBytesAsync(Path.Combine(store, file), bytes);
        var outcome =
            Outcome(0, await Command([0, 1], "datasets", "audit", store, "--split", Cli["split.json"], "--near-duplicates", "report"));
        try
        {
            var opened = FrameStore.Open(store);
            foreach (var frame in opened.Frames) Attempt(() => opened.ReadImage(frame));
            opened.Verify();
            return outcome;
        }
        catch (UserErrorException)
        {
            return MutantOutcome.Refused;
        }

        static void Attempt(Action read)
        {
            try
            {
                read();
            }
            catch (UserErrorException)
            {
                // Documented; the other frames are read all the same.
            }
        }
    });

    // A hostile folder has hashes that fit: they guard against damage, not against whoever made the folder.
    private HostileFormat InDetector(string file) =>
        new(file, Seed(file switch { "cnn.onnx" => "onnx", "model.zip" => "detector zip", _ => "detector.json" }), async bytes =>
    {
        var folder = Copy("detector", "mutant-detector");
        await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes);
        if (file != "detector.json")
        {
            var manifest = Path.Combine(folder, "detector.json");
            await File.WriteAllTextAsync(manifest,
                (await File.ReadAllTextAsync(manifest))
                .Replace(Hashes.Of(Seed(file == "cnn.onnx" ? "onnx" : "detector zip")), Hashes.Of(bytes), StringComparison.Ordinal));
        }

        await Command([1, 2, 3], "detect", "score", Cli["source/ann/a.mp4"], "--detector", folder, "--models", Cli["nowhere"]);
        try
        {
            using var saved = SavedDetector.Load(folder);
            SmallDetector.Try(saved);
            return MutantOutcome.Read;
        }
        catch (UserErrorException)
        {
            return MutantOutcome.Refused;
        }
    });

    private string Copy(string from, string to)
    {
        if (Directory.Exists(Cli[to])) Directory.Delete(Cli[to], recursive: true);
        foreach (var file in Directory.EnumerateFiles(Cli[from], "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Cli[to], Path.GetRelativePath(Cli[from], file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return Cli[to];
    }

    private void MakeMedia()
    {
        var video = new ProceduralVideo(ProceduralPerson.Create(5, 3), 0, 5);
        var folder = Directory.CreateDirectory(Cli["frames"]).FullName;
        for (var i = 0; i < Frames; i++) File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.png")),
            ImageCodec.EncodePng(video.Render(i, Side).Image));
        var xmp = XmpPacket.Write(new XmpFacts("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "forensicheads"));
        foreach (var (name, codec) in new[]
        {
            ("mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart"),
                ("mov", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"), ("mpg", "-c:v mpeg1video -r 25"), ("avi", "-c:v mpeg4"),
            ("mkv", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"), ("webm", "-c:v libvpx -deadline realtime -b:v 200k"), ("gif", ""),
            ("3gp", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -vf setsar=3/2 -color_primaries bt2020 -color_trc smpte2084 "
                + "-colorspace bt2020nc"),
            ("ts", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"), ("apng", "-f apng"), ("webp", "-c:v libwebp_anim -lossless 0"),
            ("avif", "-frames:v 1 -c:v libaom-av1 -cpu-used 8 -crf 30"), ("tiff", "-frames:v 1 -c:v tiff"),
        })
        {
            var path = Cli["seed." + name];
            string[] words =
                ["-v", "error", "-y", "-framerate", "25", "-i", Path.Combine(folder, "%d.png"),
                .. codec.Split(' ', StringSplitOptions.RemoveEmptyEntries), path];
            using var process =
                Process.Start(new ProcessStartInfo("ffmpeg", words) { RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, complaint);
            if (name == "mp4") Mp4Xmp.Append(path, xmp);
            seeds[name] = File.ReadAllBytes(path);
        }

        var image = video.Render(0, Side).Image;
        seeds["png"] = PngXmp.Insert(ImageCodec.EncodePng(image), xmp);
        seeds["jpg"] = ImageCodec.EncodeJpeg(image, 90);
    }
}
