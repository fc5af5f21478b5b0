using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ForensicHeads.Experiments.Tests;

/// <summary>The rooms' order, read from the project files and sources themselves.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Order = ["Foundation", "Media", "Datasets", "Neural", "Generator", "Detector", "Reporting", "Experiments", "Cli"];

    public static TheoryData<string> Rooms => [.. Order];

    [Fact]
    public void Every_project_under_src_is_a_room_of_the_order() =>
        Assert.Equal(Order.Order(StringComparer.Ordinal), Directory.EnumerateDirectories(Source).Select(path => Path.GetFileName(path)["ForensicHeads.".Length..]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_to_earlier_rooms_alone(string room)
    {
        var references = Items(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)["ForensicHeads.".Length..]).ToArray();
        var earlier = room == "Reporting" ? ["Foundation"] : Order[..Array.IndexOf(Order, room)];
        Assert.All(references, reference => Assert.Contains(reference, earlier));
        if (room != "Foundation") Assert.Contains("Foundation", references);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Only_the_networks_rooms_touch_torch(string room)
    {
        if (room is "Neural" or "Generator") return;
        Assert.DoesNotContain(Items(room, "PackageReference"), name => name.StartsWith("TorchSharp", StringComparison.Ordinal));
        Assert.DoesNotContain(Files(room), file => !(room == "Detector" && file.StartsWith("Training/", StringComparison.Ordinal)) && Torch().IsMatch(Text(room, file)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void OpenCv_stays_inside_media_and_the_renderer(string room)
    {
        if (room == "Media") return;
        Assert.DoesNotContain(Files(room), file => !(room == "Datasets" && file.StartsWith("Procedural/", StringComparison.Ordinal)) && OpenCv().IsMatch(Text(room, file)));
    }

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

    private static string Source { get; } = Path.Combine(Root(), "src");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ForensicHeads.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("ForensicHeads.sln is in none of the folders above the test.");
    }

    private static string Folder(string room) => Path.Combine(Source, "ForensicHeads." + room);

    private static IEnumerable<string> Items(string room, string kind) =>
        XDocument.Load(Path.Combine(Folder(room), $"ForensicHeads.{room}.csproj")).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    private static IEnumerable<string> Files(string room) =>
        Directory.EnumerateFiles(Folder(room), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder(room), file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal));

    private static string Text(string room, string file) => File.ReadAllText(Path.Combine(Folder(room), file));

    // A namespace in use, not the library's name inside a text.
    [GeneratedRegex(@"(?<!"")\bTorchSharp(\.\w|;)")]
    private static partial Regex Torch();

    [GeneratedRegex(@"(?<!"")\bOpenCvSharp(\.\w|;)")]
    private static partial Regex OpenCv();

    [GeneratedRegex(@"^\s*public\s[^=;{]*\b(Mat|Point2f|InputArray|OutputArray|Cv2|Scalar)\b", RegexOptions.Multiline)]
    private static partial Regex PublicMat();
}
