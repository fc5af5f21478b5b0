namespace ForensicHeads.Reporting.Html;

/// <summary>What the words of a report mean: those of docs/glossary.md that a reader of its first screen meets.</summary>
internal static class Glossary
{
    /// <summary>A word and a sentence about it, from A to Z.</summary>
    internal static IReadOnlyList<ReportFact> Words { get; } =
    [
        new("anchor", "A point of reference beside the curve, such as untouched true frames or a head of nobody."),
        new("arm", "How long heads are fine-tuned: with the same number of updates at every T (updates), or with the same number of "
            + "passes over the shots (epochs)."),
        new(Detectors.Artefact, "The detector that looks for traces of the making, learnt from fakes of the generator under test."),
        new("AUC", "The chance that a random fake gets a higher score than a random real item: 0.5 is guessing, 1 is never wrong."),
        new("Cllr", "How good likelihood ratios are, in bits: 0 is perfect, 1 says nothing, above 1 they mislead."),
        new("condition", "What happens to every frame, real or generated, before the detector sees it: nothing (clean), a codec, blur "
            + "and so on."),
        new("control", "A check on the experiment itself; a control with a limit is a gate, and the experiment is unsound if a gate does "
            + "not hold."),
        new("EER", "The equal error rate: the share of mistakes at the threshold where both kinds of mistake are equally frequent."),
        new(Mode.Ff.Text(), "Feed-forward: a head made at once, without any training on the shots."),
        new(Mode.Ft.Text(), "Fine-tuned: a head whose generator was trained further on the shots."),
        new("level", "What one score is about: a single frame (frame level) or a whole video (video level)."),
        new("shot", "A photo or frame of a person from which a head is made."),
        new("T", "The number of shots."),
        new("t0", "The anchor with nobody's face, a head made from the mean embedding."),
        new("t_all", "The anchor with every shot there is: a head fine-tuned on all frames of the person, the tested ones too."),
        new("TNR", "The true negative rate: the share of real items that the detector calls real."),
        new("TPR", "The true positive rate: the share of fakes that the detector calls generated."),
    ];

    /// <summary>All of them, a click away.</summary>
    internal static string Html { get; } = HtmlText.Details("What the words mean", HtmlText.Definitions(Words));
}
