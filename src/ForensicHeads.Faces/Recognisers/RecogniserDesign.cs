using ForensicHeads.Neural.Files;
using ForensicHeads.Neural.Onnx;

namespace ForensicHeads.Faces.Recognisers;

/// <summary>One of the published recognisers of real faces: its files, its input and where it wants the face.</summary>
public sealed class RecogniserDesign
{
    private const double DlibPadding = 0.25;

    // The template that ArcFace made usual (Deng et al. 2019): eyes, tip of the nose, corners of the mouth, at 112 px.
    private static readonly (double X, double Y)[] ArcFace =
        [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)];

    // dlib's get_face_chip: corners of the eyes, outer and inner, and the base of the nose, as shares of the side.
    private static readonly (double X, double Y)[] Dlib =
    [
        (0.8595674595992, 0.2134981538014), (0.6460604764104, 0.2289674387677), (0.1205750620789, 0.2137274526848),
        (0.3340850613712, 0.2290642403242), (0.4901123135679, 0.6277975316475),
    ];

    private readonly Func<IReadOnlyList<byte[]>, OnnxModel> write;
    private readonly (int First, int Last)[] points;

    private RecogniserDesign(string name, int side, int length, IReadOnlyList<FaceModel> models, FacePlaces places,
        Func<IReadOnlyList<byte[]>, OnnxModel> write)
    {
        (Name, Side, Length, Models, Template, points, this.write) = (name, side, length, models, places.Template, places.Points, write);
        Sha256 = Hashes.OfText(string.Join('\n', models.Select(model => model.Sha256)));
    }

    /// <summary>MobileFace, identification V2 (becauseofAI 2018): 112 px, 256 numbers; it brings the colours to its range itself.</summary>
    public static RecogniserDesign MobileFace { get; } = new("mobileface-v2", 112, 256, [FaceModels.MobileFace, FaceModels.MobileFaceGraph],
        new(ArcFace, FivePoints.Usual), files => MxNetExport.Write(files[1],
            MxNetParameters.Read(files[0], FaceModels.MobileFace.File), 112, Kind("mobileface-v2"), FaceModels.MobileFaceGraph.File))
    {
        LeastFrame = 150,
    };

    /// <summary>dlib's recogniser (King 2017): 150 px, 128 numbers.</summary>
    public static RecogniserDesign DlibResNet { get; } = new("dlib-resnet", DlibResNetExport.Size, DlibResNetExport.Length,
        [FaceModels.DlibRecogniser, FaceModels.DlibRecogniserLayout],
        new([.. Dlib.Select(at => (Chip(at.X), Chip(at.Y)))], [(45, 45), (42, 42), (36, 36), (39, 39), (33, 33)]),
        files => DlibResNetExport.Write(TfJsWeights.Read(files[0], files[1], FaceModels.DlibRecogniser.File), Kind("dlib-resnet")))
    {
        LeastFrame = 212,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<RecogniserDesign> All { get; } = [MobileFace, DlibResNet];

    /// <summary>Name, in files and options.</summary>
    public string Name { get; }

    /// <summary>Side in pixels of the face that it sees.</summary>
    public int Side { get; }

    /// <summary>Length of its vectors.</summary>
    public int Length { get; }

    /// <summary>Its files, as <see cref="ModelRegistry"/> knows them.</summary>
    public IReadOnlyList<FaceModel> Models { get; }

    /// <summary>Side in pixels of a store's frames, cut out as <c>ingest</c> does, in which a face is as large as it wants it; faces of
    /// smaller frames are enlarged. Measured on portraits.</summary>
    public int LeastFrame { get; private init; }

    /// <summary>SHA-256 over the hashes of its files.</summary>
    public string Sha256 { get; }

    /// <summary>Where it wants the five points, pixels of <see cref="Side"/>.</summary>
    internal IReadOnlyList<(double X, double Y)> Template { get; }

    /// <summary>The one of that name; null where there is none.</summary>
    public static RecogniserDesign? Find(string name) => All.FirstOrDefault(design => design.Name == name);

    /// <summary>The one of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static RecogniserDesign ByName(string name) => Find(name) ?? throw new UserErrorException(
        $"'{name}' is no recogniser of real faces; choose {string.Join(" or ", All.Select(design => design.Name))}.", exitCode: 2);

    /// <summary>Pixels of a picture that make one of the aligned face; below 1 the face is enlarged.</summary>
    /// <param name="landmarks">In pixels of that picture.</param>
    public double Reduction(Landmarks68 landmarks) => FivePoints.Fit(Template, Points(landmarks)).Scale;

    /// <summary>The five points of a face.</summary>
    internal (double X, double Y)[] Points(Landmarks68 landmarks) =>
        Array.ConvertAll(points, range => FaceAlignment.Mean(landmarks, range.First, range.Last));

    /// <summary>The network, from the files in the order of <see cref="Models"/>.</summary>
    internal OnnxModel Write(IReadOnlyList<byte[]> files) => write(files);

    private static Dictionary<string, string> Kind(string name) => new() { ["kind"] = name };

    private static double Chip(double share) => (DlibPadding + share) / ((2 * DlibPadding) + 1) * DlibResNetExport.Size;

    /// <summary>Five places, and the landmarks whose means belong there.</summary>
    private sealed record FacePlaces((double X, double Y)[] Template, (int First, int Last)[] Points);
}
