using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ForensicHeads.Experiments.Tests;

/// <summary>The rooms' order, read from the project files and sources themselves.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Order =
        ["Foundation", "Statistics", "Media", "Datasets", "Neural", "Faces", "Generator", "Detector", "Reporting", "Experiments", "Cli"];

    // The words of FrameOrigin and the two catalogues.
    private static readonly string[] Spelling =
    [
        "Datasets/Store/OriginText.cs", "Datasets/Layouts/DatasetWords.cs", "Generator/Catalogue/FewShotHeads.cs",
        "Detector/Catalogue/DetectorEntry.cs",
    ];

    public static TheoryData<string> Rooms => [.. Order];

    public static TheoryData<string> RoomsWithoutTorch => [.. Order.Except(["Neural", "Faces", "Generator"])];

    public static TheoryData<string> RoomsOutsideMedia => [.. Order.Except(["Media"])];

    public static TheoryData<string> RoomsAboveFoundation => [.. Order.Except(["Foundation"])];

    [Fact]
    public void Every_project_under_src_is_a_room_of_the_order() =>
        Assert.Equal(Order.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Source).Select(path => Path.GetFileName(path)["ForensicHeads.".Length..])
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_to_earlier_rooms_alone(string room)
    {
        var references = Items(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)["ForensicHeads.".Length..])
            .ToArray();
        Assert.All(references, reference => Assert.Contains(reference, Order[..Array.IndexOf(Order, room)]));
        if (room != "Foundation") Assert.Contains("Foundation", references);
    }

    [Fact]
    public void Reporting_takes_words_from_the_catalogues_and_knows_no_store_and_no_network() =>
        Assert.DoesNotContain(Files("Reporting"), file => StoreOrNetwork().IsMatch(Text("Reporting", file)));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_namespace_is_the_folder_that_its_file_lies_in(string room) => Assert.All(Files(room), file =>
    {
        var folder = Path.GetDirectoryName(file)!.Replace('/', '.');
        var wanted = folder.Length > 0 ? $"namespace ForensicHeads.{room}.{folder};" : $"namespace ForensicHeads.{room};";
        var given = Text(room, file).Split('\n').Where(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        Assert.All(given, line => Assert.Equal(wanted, line.TrimEnd()));
    });

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_line_is_longer_than_140_columns(string room) => Assert.All(Files(room), file =>
        Assert.All(Text(room, file).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 140, $"{room}/{file}: {line}")));

    /// <summary>A document that a test reads may stand in one piece.</summary>
    [Fact]
    public void No_line_of_a_test_is_longer_than_140_columns() => Assert.All(
        Directory.EnumerateFiles(Repository.At("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("ForensicHeads.Benchmarks", StringComparison.Ordinal)),
        file => Assert.All(File.ReadLines(file), line => Assert.True(
            line.TrimEnd().Length <= 140 || line.Contains("\"\"\"", StringComparison.Ordinal), $"{file}: {line}")));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void How_a_frame_came_to_be_is_spelt_out_by_the_catalogues_and_where_files_are_read_and_written_alone(string room) =>
        Assert.All(Files(room).Where(file => !Spelling.Contains($"{room}/{file}")), file => Assert.DoesNotContain(
            Text(room, file).Split('\n'), line =>
                !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && SpeltOut().IsMatch(line)));

    [Theory]
    [MemberData(nameof(RoomsWithoutTorch))]
    public void Only_the_networks_rooms_touch_torch(string room)
    {
        Assert.DoesNotContain(Items(room, "PackageReference"), name => name.StartsWith("TorchSharp", StringComparison.Ordinal));
        Assert.DoesNotContain(Files(room), file =>
            !(room == "Detector" && file.StartsWith("Training/", StringComparison.Ordinal)) && Torch().IsMatch(Text(room, file)));
    }

    [Theory]
    [MemberData(nameof(RoomsOutsideMedia))]
    public void OpenCv_stays_inside_media_and_the_renderer(string room) =>
        Assert.DoesNotContain(Files(room), file =>
            !(room == "Datasets" && file.StartsWith("Procedural/", StringComparison.Ordinal)) && OpenCv().IsMatch(Text(room, file)));

    [Fact]
    public void One_type_opens_and_runs_the_sessions_of_Onnx_Runtime() =>
        Assert.Equal(["Media/Models/OnnxOutputs.cs", "Media/Models/OnnxSession.cs"],
            Order.SelectMany(room => Files(room).Where(file => Text(room, file).Contains(".ML.OnnxRuntime", StringComparison.Ordinal))
                .Select(file => $"{room}/{file}")).Order(StringComparer.Ordinal));

    [Fact]
    public void No_public_signature_of_any_room_names_an_OpenCv_type() =>
        // Inside Media the types are used; a public member with one would carry it into other rooms.
        Assert.DoesNotContain(Files("Media"), file => PublicMat().IsMatch(Text("Media", file)));

    [Theory]
    [InlineData("using OpenCvSharp;")]
    [InlineData("var x = OpenCvSharp.Cv2.ImRead(p);")]
    public void The_search_itself_finds_what_it_looks_for(string line)
    {
        Assert.Matches(OpenCv(), line);
        Assert.Matches(Torch(), line.Replace("OpenCvSharp", "TorchSharp", StringComparison.Ordinal));
        Assert.Contains(Files("Neural"), file => Torch().IsMatch(Text("Neural", file)));
        Assert.Contains(Files("Media"), file => OpenCv().IsMatch(Text("Media", file)));
    }

    [Fact]
    public void Foundation_opens_makes_moves_and_deletes_files_in_the_guarded_place_alone() =>
        Assert.Equal(Guarded,
            Files("Foundation").Where(file => OpensFiles().IsMatch(Text("Foundation", file))).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(RoomsAboveFoundation))]
    public void Other_rooms_open_make_move_and_delete_no_file(string room)
    {
        // What the compiler wrote, so that no alias or helper of the library slips by.
        using var stream = File.OpenRead(AssemblyOf(room));
        using var image = new PEReader(stream);
        Assert.DoesNotContain(Calls(image.GetMetadataReader()), IsBanned);
    }

    [Fact]
    public void The_search_for_calls_finds_them_where_they_are()
    {
        using var stream = File.OpenRead(AssemblyOf("Foundation"));
        using var image = new PEReader(stream);
        var found = Calls(image.GetMetadataReader()).Where(IsBanned).ToArray();
        foreach (var call in new[] { "File.Delete", "File.Move", "Directory.Delete", "Directory.Move", "FileStream..ctor" }) Assert
            .Contains(call, found);
    }

    private static readonly string[] Guarded = ["Files/OwnFiles.cs", "Files/PlainFile.cs", "Files/TemporaryFolder.cs"];

    private static readonly Dictionary<string, string[]> Banned = new(StringComparer.Ordinal)
    {
        ["File"] =
            ["Delete", "Move", "Copy", "Replace", "Create", "CreateText", "CreateSymbolicLink", "Open", "OpenRead", "OpenWrite", "OpenText",
            "OpenHandle", "AppendText", "ReadLines", "ReadLinesAsync", "ReadAllBytes", "ReadAllText", "ReadAllLines",
            "ReadAllBytesAsync", "ReadAllTextAsync", "ReadAllLinesAsync", "WriteAllBytes", "WriteAllText", "WriteAllLines",
                "WriteAllBytesAsync", "WriteAllTextAsync", "WriteAllLinesAsync", "AppendAllText", "AppendAllLines", "AppendAllBytes"],
        ["Directory"] = ["Delete", "Move", "CreateSymbolicLink", "CreateTempSubdirectory"],
        ["FileSystemInfo"] = ["Delete", "CreateAsSymbolicLink"],
        ["FileInfo"] =
            ["Delete", "MoveTo", "CopyTo", "Replace", "Open", "OpenRead", "OpenWrite", "OpenText", "Create", "CreateText", "AppendText"],
        ["DirectoryInfo"] = ["Delete", "MoveTo"],
        ["FileStream"] = [".ctor"],
    };

    private static bool IsBanned(string call) =>
        call.IndexOf('.', StringComparison.Ordinal) is var dot && Banned.TryGetValue(call[..dot], out var names)
        && names.Contains(call[(dot + 1)..]);

    // Of the last build, whatever its configuration.
    private static string AssemblyOf(string room) =>
        Directory.EnumerateFiles(Path.Combine(Folder(room), "bin"), room == "Cli" ? "forensicheads.dll" : $"ForensicHeads.{room}.dll",
            SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;

    private static IEnumerable<string> Calls(MetadataReader reader)
    {
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (reader.GetString(
                type.Namespace) == "System.IO") yield return $"{reader.GetString(type.Name)}.{reader.GetString(member.Name)}";
        }
    }

    private static string Source { get; } = Repository.At("src");

    private static string Folder(string room) => Path.Combine(Source, "ForensicHeads." + room);

    private static IEnumerable<string> Items(string room, string kind) =>
        XDocument.Load(Path.Combine(Folder(room), $"ForensicHeads.{room}.csproj")).Descendants(kind)
            .Select(item => item.Attribute("Include")!.Value);

    private static IEnumerable<string> Files(string room) =>
        Directory.EnumerateFiles(Folder(room), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder(room), file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal));

    private static string Text(string room, string file) => File.ReadAllText(Path.Combine(Folder(room), file));

    // A namespace in use, not the library's name inside a text.
    [GeneratedRegex(@"(?<!"")\bTorchSharp(\.\w|;)")]
    private static partial Regex Torch();

    [GeneratedRegex(@"(?<!"")\bOpenCvSharp(\.\w|;)")]
    private static partial Regex OpenCv();

    [GeneratedRegex(
        @"(?<![A-Za-z])(File|Directory)\.(Delete|Move|Copy|Replace|Create(Text|SymbolicLink|TempSubdirectory)?|"
        + @"Open\w*|ReadAll\w+|ReadLines|WriteAll\w+|AppendAll\w+)\(|new FileStream\(|FileStream Stream\(")]
    private static partial Regex OpensFiles();

    [GeneratedRegex(@"\b(FrameStore|StoreWriter|GeneratorWeights|NetworkFile|FrameDetector|SavedDetector|TorchSharp)\b")]
    private static partial Regex StoreOrNetwork();

    [GeneratedRegex("\"(ff|ft|real|generated|few-shot|artefact)\"")]
    private static partial Regex SpeltOut();

    [GeneratedRegex(@"^\s*public\s[^=;{]*\b(Mat|Point2f|InputArray|OutputArray|Cv2|Scalar)\b", RegexOptions.Multiline)]
    private static partial Regex PublicMat();
}
