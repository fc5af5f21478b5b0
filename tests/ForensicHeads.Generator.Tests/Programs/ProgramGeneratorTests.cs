using System.Buffers.Binary;
using System.Text.Json.Nodes;
using ForensicHeads.Generator.Programs;

namespace ForensicHeads.Generator.Tests.Programs;

public sealed class ProgramGeneratorTests : IDisposable
{
    private const int Size = 32;
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frames_of_a_program_come_back_in_order(bool warm)
    {
        // Gives the driver back, and leaves what it was given where the test finds it.
        const string Copy = "cp $d/0*.png $o/; cp $d/landmarks.json driver.json; cp $s/landmarks.json shots.json; ls $s > shots";
        Write(warm ? Warm(Copy) : Script(Copy), warm: warm);
        using var generator = Open();
        var task = Task(2, 3);
        var part = Assert.Single(generator.Make(new GeneratorTools(), task, Cancellation));
        Assert.Null(part.Arm);
        Assert.Equal(task.Drivers.Select(driver => driver.Image.Pixels), part.Frames.Select(frame => frame.Pixels));
        Assert.Equal(["000.png", "001.png", "landmarks.json"], File.ReadLines(folder["shots"]));
        Assert.Equal(136, JsonNode.Parse(File.ReadAllText(folder["driver.json"]))!["002.png"]!.AsArray().Count);
        Assert.Equal(2, JsonNode.Parse(File.ReadAllText(folder["shots.json"]))!.AsObject().Count);
    }

    [Fact]
    public void Videos_go_both_ways_without_loss()
    {
        Write(Script("cp $d/driver.mp4 $o/out.mp4"), takes: "video", gives: "video");
        using var generator = Open();
        var task = Task(1, 4);
        var frames = generator.Make(new GeneratorTools(), task, Cancellation)[0].Frames;
        Assert.Equal(task.Drivers.Select(driver => driver.Image.Pixels), frames.Select(frame => frame.Pixels));
    }

    [Fact]
    public void Each_clip_is_a_job_of_its_own_and_its_log_is_kept()
    {
        Write(Script("ls $d | wc -l >> lengths; echo made; cp $d/0*.png $o/"));
        using var generator = Open();
        var task = Task(1, 5) with { Clips = [2, 3], Log = folder["logs/t1-d0"] };
        Assert.Equal(5, generator.Make(new GeneratorTools(), task, Cancellation)[0].Frames.Count());
        Assert.Equal(["3", "4"], File.ReadLines(folder["lengths"]).Select(line => line.Trim()));
        Assert.Equal("made\n", File.ReadAllText(folder["logs/t1-d0-clip1.log"]));
    }

    [Theory]
    [InlineData("cp $d/000.png $o/", "it made no 001.png: 2 frames are needed, 000.png to 001.png, and 1 PNG files are there")]
    [InlineData("cp big.png $o/000.png; cp $d/001.png $o/", "000.png is 30000×30000 px where a PNG of 32×32 px is needed")]
    [InlineData("cp small.png $o/000.png; cp $d/001.png $o/", "000.png is 16×16 px where")]
    [InlineData("cp cut.png $o/000.png; cp $d/001.png $o/", "000.png cannot be decoded")]
    [InlineData("echo text > $o/000.png; cp $d/001.png $o/", "000.png is no PNG where")]
    [InlineData("ln -s $d/000.png $o/000.png; cp $d/001.png $o/", "000.png cannot be read: ")]
    [InlineData("mkfifo $o/000.png; cp $d/001.png $o/", "000.png cannot be read: ")]
    [InlineData("mkdir $o/000.png; cp $d/001.png $o/", "000.png cannot be read: ")]
    [InlineData("head -c 70000000 /dev/zero > $o/000.png; cp $d/001.png $o/", "has more than 67108864 bytes")]
    [InlineData("rm -r $o", "it made no 000.png")]
    [InlineData("cp $d/0*.png $o/; exit 1", "it ended with exit code 1")]
    [InlineData("echo \"no CUDA in $o\" >&2; exit 2", "it ended with exit code 2; it said: no CUDA in …/out")]
    [InlineData("sleep 600", "it took more than 1 s")]
    [InlineData("cp $d/0*.png $o/; echo x >> run.txt", "run.txt in its folder changed while it ran")]
    public void A_job_that_gives_nothing_usable_fails_with_the_reason(string script, string reason)
    {
        File.WriteAllBytes(folder["big.png"], Header(30_000));
        var small = ImageCodec.EncodePng(new RgbImage(16, 16));
        File.WriteAllBytes(folder["small.png"], small);
        File.WriteAllBytes(folder["cut.png"], [.. ImageCodec.EncodePng(new RgbImage(Size, Size)).Take(45)]);
        Write(Script(script));
        using var generator = Open();
        var error = Assert.Throws<JobFailedException>(() => generator.Make(new GeneratorTools(), Task(1, 2), Cancellation));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        var own = error.Message.Replace(folder.Path, "", StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), own, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_among_the_temporary_files()
    {
        Write(Script("cp $d/0*.png $o/; echo $o > where"));
        using var generator = Open();
        generator.Make(new GeneratorTools(), Task(1, 1), Cancellation);
        var place = Path.GetDirectoryName(File.ReadAllText(folder["where"]).Trim())!;
        Assert.False(Directory.Exists(place), place);
    }

    [Theory]
    [InlineData("name", "\"few-shot\"", "name is 'few-shot'; allowed is one that no generator of the toolkit has")]
    [InlineData("name", "\"a b\"", "name is 'a b'")]
    [InlineData("licence", "\" \"", "licence is ' '; allowed is a line that says what its weights may be used for")]
    [InlineData("command", "[]", "command is empty")]
    [InlineData("command", "[\"sh\", \"{shots}\", \"{driver}\"]", "command lacks the placeholder {out}")]
    [InlineData("command", "[\"sh\", \"{shots}\", \"{driver}\", \"{out}\", \"{gpu}\"]", "the placeholder {gpu} of command is not known")]
    [InlineData("folder", "\"nowhere\"", "which does not exist")]
    [InlineData("shots", "[8, 1]", "shots is '8, 1'; allowed is ascending numbers")]
    [InlineData("timeout_seconds", "0", "timeout_seconds is '0'; allowed is 1 to 86400")]
    [InlineData("takes", "\"sound\"", "the value is not one of frames, video")]
    [InlineData("frames", "1", "the name 'frames' is not known here")]
    [InlineData("mode", "null", "the value is not")]
    public void A_wrong_value_is_told_with_what_is_allowed(string key, string value, string message)
    {
        Write(Script("true"));
        var file = JsonNode.Parse(File.ReadAllText(Json))!.AsObject();
        file[key] = JsonNode.Parse(value);
        File.WriteAllText(Json, file.ToJsonString());
        var error = Assert.Throws<UserErrorException>(Open);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("x.generator.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_key_follows_its_files_and_it_says_which_shot_counts_it_takes()
    {
        Write(Script("true"));
        using var first = Open();
        Assert.True(first.Takes(1));
        Assert.False(first.Takes(8));
        Assert.Equal([Mode.Ff], first.Modes);
        File.WriteAllText(folder["weights.bin"], "w");
        using var second = Open();
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal(first.FileSha256, second.FileSha256);
    }

    private string Json => folder["x.generator.json"];

    private ProgramGenerator Open() => ProgramGenerator.Open(Json);

    private static JsonArray Script(string script) => ["sh", "-c", $"s=$1; d=$2; o=$3; {script}", "sh", "{shots}", "{driver}", "{out}"];

    // The paths are the parts of the line between quotation marks.
    private static JsonArray Warm(string script) =>
        ["sh", "-c", "while read job; do s=$(echo $job | sed 's/.*\"shots\":\"\\([^\"]*\\)\".*/\\1/'); "
            + "d=$(echo $job | sed 's/.*\"driver\":\"\\([^\"]*\\)\".*/\\1/'); o=$(echo $job | sed 's/.*\"out\":\"\\([^\"]*\\)\".*/\\1/'); "
            + script + "; echo '{\"ok\": true}'; done"];

    private void Write(JsonArray command, string takes = "frames", string gives = "frames", bool warm = false)
    {
        File.WriteAllText(folder["run.txt"], "");
        File.WriteAllText(Json, new JsonObject
        {
            ["name"] = "x",
            ["licence"] = "research",
            ["command"] = command,
            ["shots"] = new JsonArray(1, 2),
            ["takes"] = takes,
            ["gives"] = gives,
            ["warm"] = warm,
            // A busy machine is slow to start a program.
            ["timeout_seconds"] = command.ToJsonString().Contains("sleep", StringComparison.Ordinal) ? 1 : 60,
            ["ignore"] = new JsonArray("driver.json", "shots*", "lengths", "where", "logs"),
        }.ToJsonString());
    }

    private static GeneratorTask Task(int shots, int drivers) => new()
    {
        Identity = "p",
        Shots = [.. Enumerable.Range(0, shots).Select(Picture)],
        Drivers = [.. Enumerable.Range(0, drivers).Select(i => Picture(10 + i))],
    };

    private static Shot Picture(int seed)
    {
        var image = new RgbImage(Size, Size);
        new Random(seed).NextBytes(image.Pixels);
        return new Shot(image, new Landmarks68([.. Enumerable.Range(0, 136).Select(i => (float)i / 8)]));
    }

    private static byte[] Header(uint side)
    {
        var png = ImageCodec.EncodePng(new RgbImage(Size, Size));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), side);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), side);
        return png;
    }
}
