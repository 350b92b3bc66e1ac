namespace MlNetImageTranslation.Cli.Tests;

public sealed class UserErrorsTests
{
    public static TheoryData<Exception> Mistakes =>
        [
            new UserError("text"),
            new ArgumentException("text", "name"),
            new ArgumentOutOfRangeException("name", "text"),
            new FileNotFoundException("text", "a.png"),
            new DirectoryNotFoundException("text"),
            new InvalidDataException("text"),
            new FormatException("text"),
            new NotSupportedException("text"),
            new UnauthorizedAccessException("text"),
            new InvalidOperationException("text", new InvalidDataException("inner")),
            new InvalidOperationException("text") { Source = "MlNetImageTranslation.Trainer" },
        ];

    public static TheoryData<Exception> Defects =>
        [
            new InvalidOperationException("text"),
            new InvalidOperationException("text") { Source = "System.Linq" },
            new InvalidOperationException("text", new NullReferenceException()),
            new ArgumentNullException("name"),
            new NullReferenceException(),
            new OutOfMemoryException(),
        ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Bad_input_is_the_callers_and_the_message_is_without_programmers_parts(Exception exception) =>
        Assert.Equal("text", UserErrors.MessageOf(exception));

    [Theory]
    [MemberData(nameof(Defects))]
    public void Everything_else_is_not(Exception exception) => Assert.Null(UserErrors.MessageOf(exception));
}
