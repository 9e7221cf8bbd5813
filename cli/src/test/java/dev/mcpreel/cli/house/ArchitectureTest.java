package dev.mcpreel.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may know whom: the rooms, their order, and the libraries each may touch. */
@Timeout(120)
class ArchitectureTest {
    private static final String ROOT = "dev.mcpreel.";

    /** Inside a module a package knows only the packages before it. */
    private static final Map<String, List<String>> ROOMS = Map.of(
            "captures", List.of("exchange", "wire", "redact", "store", "tap", "session", "transfer"),
            "proxy", List.of("upstream", "rewrite", "relay", ""),
            "replay", List.of("bind", "plan", "transport", "agent", "rig"),
            "analysis", List.of("calls", "pattern", "selection", "waterfall", "summary", "report"),
            "demo", List.of(""),
            "cli", List.of(""));

    private static final Map<String, Set<String>> ARROWS = Map.of(
            "captures", Set.of(),
            "proxy", Set.of("captures"),
            "replay", Set.of("captures"),
            "analysis", Set.of("captures"),
            "demo", Set.of(),
            "cli", Set.of("captures", "proxy", "replay", "analysis", "demo"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/testkit/"))
            .importPackages("dev.mcpreel");

    @Test
    void importedClasses_areTheWholeProduct() {
        assertThat(CLASSES).hasSizeGreaterThan(200);
        assertThat(CLASSES.stream().map(type -> module(type)).distinct()).containsAll(ROOMS.keySet());
    }

    @Test
    void everyDependency_followsTheRooms() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass();
                if (to.getPackageName().startsWith(ROOT) && !allowed(from, to)) {
                    wrong.add(
                            from.getPackageName() + " -> " + to.getPackageName() + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackage_hasARoomAndNullMarks() throws ClassNotFoundException {
        List<String> wrong = new ArrayList<>();
        for (String name :
                new TreeSet<>(CLASSES.stream().map(JavaClass::getPackageName).toList())) {
            if (rank(name) < 0) {
                wrong.add(name + " is in no room");
            }
            boolean marked = List.of(Class.forName(name + ".package-info").getAnnotations()).stream()
                    .anyMatch(mark -> mark.annotationType().getSimpleName().equals("NullMarked"));
            if (!marked) {
                wrong.add(name + " is not @NullMarked");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void netty_staysInTheRoomsThatTouchSockets() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.mcpreel.captures.tap..",
                        "dev.mcpreel.proxy..",
                        "dev.mcpreel.replay.transport..",
                        "dev.mcpreel.replay.agent..",
                        "dev.mcpreel.replay.rig..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))
                .check(CLASSES);
    }

    @Test
    void chronicle_staysInTheStore() {
        noClasses()
                .that(not(resideInAPackage("dev.mcpreel.captures.store..")))
                .should()
                .dependOnClassesThat(resideInAPackage("net.openhft.."))
                .check(CLASSES);
    }

    @Test
    void commandLineAndStreams_stayInCli() {
        noClasses()
                .that(not(resideInAPackage("dev.mcpreel.cli..")))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    private static boolean allowed(JavaClass from, JavaClass to) {
        String fromModule = module(from);
        String toModule = module(to);
        if (!fromModule.equals(toModule)) {
            return ARROWS.getOrDefault(fromModule, Set.of()).contains(toModule);
        }
        return rank(to.getPackageName()) <= rank(from.getPackageName());
    }

    private static String module(JavaClass type) {
        return module(type.getPackageName());
    }

    private static String module(String packageName) {
        String rest = packageName.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    /** The package's place in its module, -1 when there is no room for it. */
    private static int rank(String packageName) {
        String module = module(packageName);
        String rest = packageName.substring(ROOT.length() + module.length());
        String room = rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
        return ROOMS.getOrDefault(module, List.of()).indexOf(room);
    }
}
