using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>DF40: frames of forty generators, made of FaceForensics++ and Celeb-DF, whose own copies hold the real ones.</summary>
public sealed partial class Df40Layout() : PublishedLayout("df40", "DF40",
    "DF40/simswap/ff/frames/071_054/000.png, DF40_train/…, DF40/heygen/{fake,real}/…", "DF40 terms: research only")
{
    // Each method by the first name, with the others that files call it by.
    private static readonly string[] Names =
    [
        "FSGAN", "FaceSwap", "SimSwap", "InSwapper inswap", "BlendFace", "UniFace", "MobileFaceSwap mobileswap", "e4s", "FaceDancer",
        "DeepFaceLab", "FOMM", "FS_vid2vid facevid2vid", "Wav2Lip", "MRAA", "OneShot one_shot_free", "PIRender", "TPSMM tpsm", "LIA",
        "DaGAN danet", "SadTalker", "MCNet", "HyperReenact hyperreenact", "HeyGen", "VQGAN", "StyleGAN2", "StyleGAN3",
            "StyleGANXL stylegan-xl",
        "SD2.1 sd2.1 sd21", "DDPM ddim", "RDDM", "PixArt", "DiT", "SiT", "MidJourney", "WhichFaceIsReal whichisreal", "CollabDiff", "e4e",
        "StarGAN", "StarGANv2", "StyleCLIP",
    ];

    private static readonly Dictionary<string, string> Methods = new(Names.SelectMany(names => names.Split(' ')
        .Select(name => KeyValuePair.Create(name, names.Split(' ')[0]))).DistinctBy(pair => pair.Key.ToUpperInvariant()),
        StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Find(tree, file) is not null);
    }

    /// <summary>The method's usual name, whatever a file calls it; null for none that is known.</summary>
    public static string? MethodOf(string name) => Methods.GetValueOrDefault(name);

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        foreach (var file in reading.Tree.Media)
        {
            if (Find(reading.Tree, file) is not { } match) continue;
            var (method, domain) = (Methods[match.Groups["method"].Value], match.Groups["domain"].Value.ToLowerInvariant());
            var folders = match.Groups["rest"].Value.Split('/')[..^1];
            var stem = Path.GetFileNameWithoutExtension(file);
            var isFrame = folders.Length > 0 && folders[^1] is not "frames"
                && int.TryParse(stem, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            var clip = isFrame ? folders[^1] : stem;
            // The folder of the training part says so; what was made of Celeb-DF is for tests alone.
            var part = match.Groups["root"].Value.EndsWith("train", StringComparison.OrdinalIgnoreCase) ? "train"
                : match.Groups["root"].Success || domain == "cdf" ? "test" : null;
            var input = reading.Input(file, clip) with
            {
                OfficialSplit = part,
                Group = $"df40 {clip}",
                Frame = isFrame ? new ClipFrame(file[..file.LastIndexOf('/')], int.Parse(stem, CultureInfo.InvariantCulture)) : null,
            };
            reading.Add(match.Groups[DatasetWords.Real].Success ? input : Fake(input, method, folders.Append(clip)));
        }

        reading.Note("No real frames of FaceForensics++ and Celeb-DF belong to DF40: ingest copies of those, and join the stores.");
        foreach (var list in reading.Tree.Files.Where(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            reading.Leave(list, "a list of frames, for --layout deepfakebench");
    }

    // The depth differs between methods; a pair is looked for in every folder.
    private static IngestInput Fake(IngestInput input, string method, IEnumerable<string> folders)
    {
        foreach (var folder in folders.Reverse())
        {
            var celeb = FakePair.OfCelebDf(folder);
            if ((celeb ?? FakePair.OfFfpp(folder)) is { } pair) return pair.In(input, method, FakePair.Moves(method), null) with
            {
                Group = celeb is null ? FfppClips.Group(pair.Target) : $"Celeb-DF-v2 {pair.Clip}",
            };
        }

        return input with { Origin = new FrameOrigin { Label = Label.Generated, Generator = method } };
    }

    private static Match? Find(DatasetTree tree, string file) => Place().Match(tree.Above + file) is { Success: true } match
        && Methods.ContainsKey(match.Groups["method"].Value)
        && (match.Groups["root"].Success || match.Groups["known"].Success) ? match : null;

    [GeneratedRegex(@"(?:^|/)(?:(?<root>DF40(?:[-_]?(?:train|test))?)/)?(?<method>[^/]+)/"
        + "(?<domain>(?<known>ff|cdf)|fake|(?<real>real))/(?<rest>.+)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}
